import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy encode --index hnsw", .tags(.endToEnd))
struct GraphCommandTests {
    private func encode(_ arguments: [String], to path: String) throws -> DecoyProcess.Outcome {
        let shared = try Prepared.shared()
        return try DecoyProcess.run(["encode", shared.model] + arguments + ["-o", path])
    }

    @Test(
        "Vectors with a graph are searched along it or exactly, alone and beside an index, and are checked and inspected."
    )
    func search() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let path = folder.path("v")
        let made = try encode(
            [shared.dataset, "--index", "hnsw", "--graph-links", "4", "--build-breadth", "50"], to: path)
        #expect(made.status == 0 && made.messages.contains("with a graph of 4 links"), "\(made.messages)")
        let vectors = ["--model", shared.model, "--queries", shared.queries, "-k", "5"]
        for search in [["search", path], ["search", shared.index, "--dense", path]] {
            let flat = search.map { $0 == path ? shared.vectors : $0 }
            let wanted = try DecoyProcess.run(flat + vectors)
            #expect(wanted.status == 0, "\(wanted.messages)")
            for option in [["--exact"], ["--search-breadth", "1000"]] {
                let found = try DecoyProcess.run(search + vectors + option)
                #expect(found.status == 0 && found.output == wanted.output, "\(option): \(found.messages)")
            }
            let found = try DecoyProcess.run(search + vectors)
            #expect(found.status == 0 && !found.output.isEmpty, "\(found.messages)")
        }
        #expect(try DecoyProcess.run(["check", path]).status == 0)
        let shown = try DecoyProcess.run(["inspect", path])
        #expect(
            shown.status == 0 && shown.output.contains("recall@10 ")
                && shown.output.contains("stored vectors as queries"))
        let inspected = try DecoyProcess.run(["inspect", path, "--json"])
        let record = try #require(
            try JSONSerialization.jsonObject(with: Data(inspected.output.utf8)) as? [String: Any])
        #expect((record["graph"] as? [String: Any])?["links"] as? Int == 4)
        #expect((record["recall"] as? [String: Any])?["recallAt10"] as? Double == 1)
    }

    @Test("Adding documents builds the graph anew; a changed byte of it is found by check and by search, with 3.")
    func changes() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let lines = try String(contentsOfFile: shared.corpus, encoding: .utf8).split(separator: "\n")
        let first = try folder.write("first.jsonl", lines[..<10].joined(separator: "\n") + "\n")
        let second = try folder.write("second.jsonl", lines[10...].joined(separator: "\n") + "\n")
        let path = folder.path("v")
        #expect(try encode([first, "--index", "hnsw"], to: path).status == 0)
        #expect(try encode([second, "--append"], to: path).status == 0)
        #expect(try encode([shared.corpus, "--index", "hnsw"], to: folder.path("all")).status == 0)
        #expect(try FolderContents(path) == FolderContents(folder.path("all")))
        var bytes = try folder.bytes("v/graph.safetensors")
        bytes[bytes.count / 2] ^= 0x10
        try folder.write("v/graph.safetensors", bytes)
        for arguments in [["check", path], ["search", path, "bank", "--model", shared.model]] {
            let outcome = try DecoyProcess.run(arguments)
            #expect(outcome.status == 3 && outcome.messages.contains("graph.safetensors"), "\(outcome.messages)")
        }
    }

    @Test("Options that do not fit together end with 64 and leave nothing.")
    func refused() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let path = folder.path("v")
        for (arguments, word) in [
            (["--graph-links", "8"], "--index hnsw"), (["--index", "flat", "--build-breadth", "8"], "--index hnsw"),
            (["--index", "hnsw", "--precision", "i8"], "f16"), (["--index", "hnsw", "--graph-links", "1"], "2 to 512"),
            (["--index", "hnsw", "--build-breadth", "0"], "--build-breadth 0"), (["--index", "tree"], "tree"),
            (["--append", "--index", "hnsw"], "--index"),
        ] {
            let outcome = try encode([shared.dataset] + arguments, to: path)
            #expect(outcome.status == 64 && outcome.messages.contains(word), "\(arguments): \(outcome.messages)")
        }
        #expect(try folder.files().isEmpty)
        let search = ["search", shared.vectors, "bank", "--model", shared.model]
        for (arguments, word) in [
            (search + ["--search-breadth", "10"], "has none"), (search + ["--search-breadth", "0"], "give 1"),
            (search + ["--search-breadth", "10", "--exact"], "no meaning"),
            (["search", shared.index, "bank", "--exact"], "go with vectors"),
        ] {
            let outcome = try DecoyProcess.run(arguments)
            #expect(outcome.status == 64 && outcome.messages.contains(word), "\(arguments): \(outcome.messages)")
        }
        #expect(try DecoyProcess.run(search + ["--exact"]).status == 0)
    }
}
