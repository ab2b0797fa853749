import DecoyTestSupport
import Foundation
import Testing

@Suite("Damaged folders", .tags(.endToEnd, .fault))
struct DamageTests {
    private func copy(_ path: String, into folder: TemporaryFolder) throws -> String {
        try FileManager.default.copyItem(atPath: path, toPath: folder.path("copy"))
        return folder.path("copy")
    }

    private func flipByte(of file: String) throws {
        var data = try Data(contentsOf: URL(fileURLWithPath: file))
        data[data.count / 2] ^= 0x10
        try data.write(to: URL(fileURLWithPath: file))
    }

    @Test("A changed byte in any file of an index, a model or vectors is found by check, which names the file.")
    func changedByte() throws {
        let shared = try Prepared.shared()
        for source in [shared.index, shared.model, shared.vectors] {
            for (name, bytes) in try FolderContents(source).files where !bytes.isEmpty {
                let folder = try TemporaryFolder()
                let path = try copy(source, into: folder)
                try flipByte(of: path + "/" + name)
                let outcome = try DecoyProcess.run(["check", path])
                // The words of the record that carries the checksums are not summed themselves.
                if name == "decoy.json", outcome.status == 0 { continue }
                #expect(outcome.status == 3, "\(name): \(outcome.messages)")
                #expect(outcome.messages.contains(name), "\(outcome.messages)")
            }
        }
    }

    @Test("A changed byte or a cut in any file never gives other hits without complaint.")
    func searchOfDamage() throws {
        let shared = try Prepared.shared()
        let search = ["--queries", shared.queries, "-k", "40", "--output-format", "jsonl"]
        let sound = try DecoyProcess.run(["search", shared.index] + search).output
        for name in try FolderContents(shared.index).files.filter({ !$0.value.isEmpty }).keys.sorted() {
            for cut in [false, true] {
                let folder = try TemporaryFolder()
                let path = try copy(shared.index, into: folder)
                if cut {
                    let data = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
                    try data.dropLast(5).write(to: URL(fileURLWithPath: path + "/" + name))
                } else {
                    try flipByte(of: path + "/" + name)
                }
                let outcome = try DecoyProcess.run(["search", path] + search)
                #expect(outcome.status == 3 || outcome.output == sound, "\(name): \(outcome.status)")
                #expect(outcome.status >= 0, "\(name): ended by a signal")
                if outcome.status == 3 { #expect(outcome.messages.contains(name), "\(outcome.messages)") }
            }
        }
    }

    @Test("A file that cannot be read ends with 6 and is not called damaged.")
    func unreadable() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let path = try copy(shared.index, into: folder)
        let file = path + "/segment-1.postings"
        try FileManager.default.removeItem(atPath: file)
        // A link to itself: the system refuses to open it, whoever asks.
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "segment-1.postings")
        for arguments in [["check", path], ["search", path, "bank"]] {
            let outcome = try DecoyProcess.run(arguments)
            #expect(outcome.status == 6 && outcome.messages.contains("segment-1.postings: open"), "\(outcome.messages)")
        }
    }

    @Test("A folder without one of its files, or with the vectors of another model, is refused.")
    func mismatch() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let other = folder.path("other.model")
        let training = try DecoyProcess.run(
            ["train", shared.dataset, "-o", other, "--seed", "2"] + Prepared.quickTraining)
        #expect(training.status == 0, "\(training.messages)")
        let outcome = try DecoyProcess.run(["search", shared.vectors, "--model", other, "x"])
        #expect(outcome.status == 3 && outcome.messages.contains("another model"), "\(outcome.messages)")
        #expect(outcome.messages.contains(shared.vectors), "\(outcome.messages)")
        let index = try copy(shared.index, into: folder)
        try FileManager.default.removeItem(atPath: index + "/segment-1.postings")
        let missing = try DecoyProcess.run(["search", index, "bank"])
        #expect(
            [3, 4].contains(missing.status) && missing.messages.contains("segment-1.postings"), "\(missing.messages)")
    }
}
