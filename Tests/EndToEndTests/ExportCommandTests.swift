import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy export and import", .tags(.endToEnd))
struct ExportCommandTests {
    @Test("An index exported as CIFF, plain or compressed, is imported to one with the same run of analyzed queries.")
    func ciff() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let source = folder.path("plain.index")
        #expect(try DecoyProcess.run(["index", shared.corpus, "-o", source, "--analyzer", "whitespace"]).status == 0)
        func run(_ index: String) throws -> String {
            let run = try DecoyProcess.run(["search", index, "--queries", shared.queries, "-k", "20", "--tag", "t"])
            #expect(run.status == 0, "\(run.messages)")
            return run.output
        }
        let expected = try run(source)
        for ending in ["", ".gz", ".zst"] {
            let file = folder.path("x.ciff" + ending)
            let exported = try DecoyProcess.run(["export", source, "--format", "ciff", "-o", file])
            #expect(exported.status == 0 && exported.messages.contains("differ"), "\(exported.messages)")
            let copy = folder.path("copy\(ending).index")
            let imported = try DecoyProcess.run(["import", file, "-o", copy])
            #expect(imported.status == 0 && imported.messages.contains("Decoy"), "\(imported.messages)")
            #expect(try run(copy) == expected && !expected.isEmpty)
        }
        #expect(try DecoyProcess.run(["check", folder.path("copy.index")]).status == 0)
        let again = try DecoyProcess.run(["import", folder.path("x.ciff"), "-o", folder.path("copy.index")])
        #expect(again.status == 64 && again.messages.contains("--force"))
        let broken = try folder.write("broken.ciff", Array(folder.bytes("x.ciff").dropLast(3)))
        let refused = try DecoyProcess.run(["import", broken, "-o", folder.path("none.index")])
        #expect(refused.status == 2 && refused.messages.contains("document record"), "\(refused.messages)")
        #expect(try !folder.files().contains { $0.hasPrefix("none.index") })
    }

    @Test("Documents of an index and of its corpus give the same body of _bulk; queries give one of _msearch.")
    func openSearch() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let bulk = ["--format", "opensearch-bulk", "--index-name", "docs", "-o"]
        let one = try DecoyProcess.run(["export", shared.index] + bulk + [folder.path("one.ndjson")])
        let other = try DecoyProcess.run(["export", shared.corpus] + bulk + [folder.path("other.ndjson")])
        #expect(one.status == 0 && other.status == 0 && one.messages.contains("differ"), "\(one.messages)")
        #expect(try folder.bytes("one.ndjson") == folder.bytes("other.ndjson"))
        let documents = try String(contentsOfFile: shared.corpus, encoding: .utf8).split(separator: "\n").count
        #expect(try folder.bytes("one.ndjson").count { $0 == 0x0A } == 2 * documents)
        let queries = try DecoyProcess.run(
            ["export", shared.queries, "--format", "opensearch-msearch", "-k", "7", "-o", "-", "--quiet"])
        #expect(queries.status == 0 && queries.messages.isEmpty)
        let first = queries.output.split(separator: "\n").prefix(2)
        #expect(first.first == #"{"index": "documents", "search_type": "dfs_query_then_fetch"}"#)
        #expect(first.last?.contains(#""size": 7"#) == true)
        let settings = try DecoyProcess.run(
            ["export", shared.index, "--format", "opensearch-settings", "-o", "-", "--k1", "0.9", "--b", "0.4"])
        let object = try JSONSerialization.jsonObject(with: Data(settings.output.utf8)) as? [String: [String: Any]]
        let index = object?["settings"]?["index"] as? [String: [String: [String: Any]]]
        #expect(index?["similarity"]?["default"]?["k1"] as? Double == 0.9)
        let properties = object?["mappings"]?["properties"] as? [String: [String: String]]
        #expect(properties?["title"] == ["type": "text", "analyzer": "english", "copy_to": "contents"])
    }

    @Test("What does not go together is refused.")
    func misuse() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        func fails(_ arguments: [String], _ status: Int32, _ part: String) throws {
            let outcome = try DecoyProcess.run(arguments + ["-o", folder.path("out")])
            #expect(outcome.status == status && outcome.messages.contains(part), "\(arguments): \(outcome.messages)")
        }
        try fails(["export", shared.index, "--format", "ciff", "-k", "5"], 64, "-k goes with")
        try fails(["export", shared.index, "--format", "opensearch-bulk", "--index-name", "Docs"], 64, "lower case")
        try fails(["export", shared.corpus, "--format", "ciff"], 2, "neither an index")
        try fails(["export", shared.vectors, "--format", "ciff"], 64, "a vector folder")
        try fails(["export", folder.path("no"), "--format", "opensearch-bulk"], 4, "no such file")
        let bare = folder.path("bare.index")
        #expect(try DecoyProcess.run(["index", shared.corpus, "-o", bare, "--without-text"]).status == 0)
        try fails(["export", bare, "--format", "opensearch-bulk"], 64, "holds no document text")
        try fails(["import", "-"], 64, "three times")
        try fails(["import", shared.queries], 2, "message 1 (header)")
        #expect(try folder.files().filter { $0.hasPrefix("out") }.isEmpty)
    }
}
