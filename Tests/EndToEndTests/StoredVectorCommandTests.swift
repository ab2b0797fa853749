import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy encode: precisions, cuts, changes, NumPy", .tags(.endToEnd))
struct StoredVectorCommandTests {
    private func encode(_ arguments: [String], to path: String) throws -> DecoyProcess.Outcome {
        let shared = try Prepared.shared()
        return try DecoyProcess.run(["encode", shared.model] + arguments + ["-o", path])
    }

    /// The documents of the sample corpus, one a line.
    private func lines() throws -> [String] {
        try String(contentsOfFile: try Prepared.shared().corpus, encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    @Test("Vectors of every precision and length are searched, joined with an index, mined, checked and inspected.")
    func precisions() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        for (precision, dimension) in [("f32", 16), ("f16", 16), ("i8", 16), ("i8", 7)] {
            let path = folder.path("\(precision)-\(dimension)")
            let cut = dimension == 16 ? [] : ["--dimension", "\(dimension)"]
            let made = try encode([shared.dataset, "--precision", precision] + cut, to: path)
            #expect(made.status == 0, "\(made.messages)")
            #expect(made.messages.contains("in \(precision), ") && made.messages.contains("kB"), "\(made.messages)")
            let vectors = ["--model", shared.model, "--queries", shared.queries]
            for arguments in [
                ["search", path] + vectors,
                ["search", shared.index, "--dense", path] + vectors,
                ["mine", shared.index, "--dense", path] + vectors
                    + ["--qrels", shared.train, "-o", folder.path("mined")],
                ["check", path],
            ] {
                let outcome = try DecoyProcess.run(arguments)
                #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
            }
            let inspected = try DecoyProcess.run(["inspect", path, "--json"])
            let record = try #require(
                try JSONSerialization.jsonObject(with: Data(inspected.output.utf8)) as? [String: Any])
            #expect(record["precision"] as? String == precision)
            #expect(record["dimension"] as? Int == dimension)
        }
        let whole = try FolderContents(folder.path("f32-16"))
        #expect(try whole == FolderContents(shared.vectors))
    }

    @Test("Appending and updating end with the vectors of all documents at once; an id that exists is named, with 2.")
    func changes() throws {
        let folder = try TemporaryFolder()
        let lines = try lines()
        let first = try folder.write("first.jsonl", lines[..<10].joined(separator: "\n") + "\n")
        let second = try folder.write("second.jsonl", lines[10...].joined(separator: "\n") + "\n")
        let parts = folder.path("parts")
        #expect(try encode([first, "--precision", "i8"], to: parts).status == 0)
        let added = try encode([second, "--append"], to: parts)
        #expect(
            added.status == 0 && added.messages.contains("added \(lines.count - 10) documents"), "\(added.messages)")
        #expect(try encode([try Prepared.shared().corpus, "--precision", "i8"], to: folder.path("all")).status == 0)
        let all = try FolderContents(folder.path("all"))
        #expect(try FolderContents(parts) == all)
        let again = try encode([first, "--append"], to: parts)
        #expect(again.status == 2 && again.messages.contains("already hold a document"), "\(again.messages)")
        let updated = try encode([first, "--update"], to: parts)
        #expect(updated.status == 0 && updated.messages.contains("replaced 10"), "\(updated.messages)")
        #expect(try FolderContents(parts) == all)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["all", "first.jsonl", "parts", "second.jsonl"])
    }

    @Test("Killed at any moment of a change, it leaves the old vectors or the new ones, and the next change succeeds.")
    func killed() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let more = try folder.write(
            "more.jsonl",
            (0..<3000).map { "{\"_id\": \"m\($0)\", \"text\": \"bank of river \($0)\"}\n" }.joined())
        let path = folder.path("v")
        try FileManager.default.copyItem(atPath: shared.vectors, toPath: path)
        let old = try FolderContents(path)
        var random = SeededGenerator(seed: UInt64(Date().timeIntervalSince1970))
        let began = Date()
        #expect(try encode([more, "--append"], to: path).status == 0)
        let longest = min(1, 1.1 * Date().timeIntervalSince(began))
        let new = try FolderContents(path)
        for _ in 0..<8 {
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: shared.vectors, toPath: path)
            let process = try DecoyProcess(["encode", shared.model, more, "-o", path, "--append"])
            Thread.sleep(forTimeInterval: Double.random(in: 0...longest, using: &random))
            process.signal(SIGKILL)
            _ = try process.finish()
            let found = try FolderContents(path)
            #expect(found == old || found == new, "seed \(random.seed)")
        }
        #expect(try encode([more, "--update"], to: path).status == 0)
        #expect(try FolderContents(path) == new)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["more.jsonl", "v"])
    }

    @Test("A change is refused where there is nothing to change, of another kind or model, or where options disagree.")
    func refused() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let path = folder.path("v")
        try FileManager.default.copyItem(atPath: shared.vectors, toPath: path)
        let before = try FolderContents(path)
        let other = folder.path("other.model")
        #expect(
            try DecoyProcess.run(["train", shared.dataset, "-o", other, "--seed", "2"] + Prepared.quickTraining).status
                == 0)
        for (arguments, status, word) in [
            ([shared.model, shared.dataset, "-o", folder.path("none"), "--append"], 4, "none"),
            ([shared.model, shared.dataset, "-o", shared.index, "--append"], 64, "is an index"),
            ([other, shared.dataset, "-o", path, "--append"], 3, "another model"),
            ([shared.model, shared.dataset, "-o", path, "--append", "--update"], 64, "not both"),
            ([shared.model, shared.dataset, "-o", path, "--append", "--force"], 64, "--force"),
            ([shared.model, shared.dataset, "-o", path, "--append", "--precision", "f16"], 64, "--precision"),
            ([shared.model, shared.dataset, "-o", path, "--force", "--dimension", "17"], 64, "have 16"),
            ([shared.model, shared.dataset, "-o", path, "--force", "--dimension", "0"], 64, "1 or more"),
            ([shared.model, shared.dataset, "-o", path, "--force", "--precision", "f8"], 64, "f8"),
            ([shared.model, shared.dataset, "-o", path, "--force", "--export-npy", path + "/x.npy"], 64, "outside"),
            ([shared.model, shared.dataset, "-o", path, "--force", "--export-npy", folder.path("no/x")], 4, "no/x"),
        ] as [([String], Int32, String)] {
            let outcome = try DecoyProcess.run(["encode"] + arguments)
            #expect(outcome.status == status && outcome.messages.contains(word), "\(arguments): \(outcome.messages)")
            #expect(try FolderContents(path) == before)
        }
    }

    @Test("A NumPy file is written beside the vectors, and is absent where encoding fails.")
    func numPy() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let file = folder.path("v.npy")
        let failed = try encode([folder.path("none"), "--export-npy", file], to: folder.path("v"))
        #expect(failed.status == 4)
        #expect(try folder.files().isEmpty)
        let made = try encode([shared.dataset, "--export-npy", file], to: folder.path("v"))
        #expect(made.status == 0, "\(made.messages)")
        let count = try lines().count
        #expect(try folder.bytes("v.npy").count == 128 + count * 16 * 4)
    }

    @Test("An empty query finds nothing in vectors.")
    func emptyQuery() throws {
        let shared = try Prepared.shared()
        let dense = try DecoyProcess.run([
            "search", shared.vectors, "--model", shared.model, " ", "--output-format", "trec",
        ])
        #expect(dense.status == 0 && dense.output.isEmpty, "\(dense.output) \(dense.messages)")
    }
}
