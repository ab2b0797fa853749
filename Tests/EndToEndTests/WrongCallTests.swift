import DecoyTestSupport
import Foundation
import Testing

/// The whole messages of wrong calls, so that every change of one is seen and read.
///
/// To write the file anew, and read the difference before it is committed:
/// `DECOY_WRITE_WRONG_CALLS=1 swift test --filter WrongCallTests`. Without that variable nothing is ever written.
@Suite("Wrong calls of a new user", .tags(.endToEnd, .fault))
struct WrongCallTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/wrong-calls.txt")

    @Test("Every wrong call says what it said, ends with its exit code, and leaves nothing.")
    func golden() throws {
        let folder = try WrongCall.folder()
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        var text =
            "What wrong calls say and their exit codes; written by WrongCallTests, which says how to write it anew.\n"
        for call in WrongCall.all {
            let outcome = try DecoyProcess.run(call.words, environment: ["COLUMNS": "80"], folder: folder.path)
            #expect(outcome.output.isEmpty, "\(call.words)")
            let messages = outcome.messages.replacing(folder.path, with: "FOLDER")
            text += "\n$ decoy \(call.words.joined(separator: " "))\n\(messages)→ \(outcome.status)\n"
        }
        #expect(WrongCall.all.count >= 40)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
        if ProcessInfo.processInfo.environment["DECOY_WRITE_WRONG_CALLS"] == "1" {
            try FileManager.default.createDirectory(
                at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: Self.file)
        }
        let expected = try String(contentsOf: Self.file, encoding: .utf8)
        let (now, then) = (text.split(separator: "\n\n"), expected.split(separator: "\n\n"))
        #expect(now.count == then.count)
        for (one, other) in zip(now, then) { #expect(one == other) }
    }

    @Test("A port that is in use, and a folder that may not be written, are named with what to do.")
    func system() throws {
        let shared = try Prepared.shared()
        let server = try ServedProcess([shared.index])
        let taken = try DecoyProcess.run(["serve", shared.index, "--port", "\(server.port)"])
        #expect(taken.status == 6 && taken.messages.contains("--port"), "\(taken.status) \(taken.messages)")
        #expect(taken.messages.contains("\(server.port)"), "\(taken.messages)")
        // Root may write everywhere.
        guard geteuid() != 0 else { return }
        let folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        for output in [["index", shared.dataset, "-o"], ["search", shared.index, "river", "-o"]] {
            let outcome = try DecoyProcess.run(output + [folder.path("new")])
            #expect(outcome.status == 6, "\(outcome.messages)")
            #expect(outcome.messages.contains("Permission denied") && outcome.messages.contains("choose another path"))
        }
    }

    @Test("Files with a byte order mark or Windows line ends are read like others.")
    func lineEnds() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let queries = try String(contentsOfFile: shared.queries, encoding: .utf8)
        let other = try folder.write("queries.jsonl", "\u{FEFF}" + queries.replacing("\n", with: "\r\n"))
        let plain = try DecoyProcess.run(["search", shared.index, "--queries", shared.queries])
        #expect(try DecoyProcess.run(["search", shared.index, "--queries", other]).output == plain.output)
        #expect(plain.status == 0 && !plain.output.isEmpty)
        let qrels = try String(contentsOfFile: shared.test, encoding: .utf8)
        let judged = try folder.write("test.tsv", "\u{FEFF}" + qrels.replacing("\n", with: "\r\n"))
        let measured = try DecoyProcess.run(["evaluate", shared.run, "--qrels", shared.test])
        #expect(try DecoyProcess.run(["evaluate", shared.run, "--qrels", judged]).output == measured.output)
        #expect(measured.status == 0 && measured.output.contains("nDCG@10"))
    }
}
