import DecoyTestSupport
import Foundation
import Testing

@Suite("Documented outputs", .tags(.endToEnd))
struct DocumentOutputTests {
    private let readme: String
    private let homonyms = DocumentedCommands.root.appending(path: "corpora/homonyms").path

    init() throws {
        readme = try String(contentsOf: DocumentedCommands.root.appending(path: "README.md"), encoding: .utf8)
    }

    private func output(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
        let outcome = try DecoyProcess.run(arguments, folder: folder.path)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.output
    }

    @Test("A search of the notes prints what README says.")
    func search() throws {
        let folder = try TemporaryFolder()
        for line in try String(contentsOfFile: homonyms + "/corpus.jsonl", encoding: .utf8).split(separator: "\n") {
            let note = try JSONNode(String(line))
            let title = note["title"].text ?? "", text = note["text"].text ?? ""
            try folder.write("notes/\(note["_id"].text ?? "").md", "# \(title)\n\n\(text)\n")
        }
        _ = try output(["index", "notes/", "-o", "notes.index"], in: folder)
        let hits = try output(["search", "notes.index", "river bank flood", "-k", "2"], in: folder)
        #expect(hits.split(separator: "\n").count == 4 && readme.contains(hits), "\(hits)")
    }

    @Test("The comparison of two runs prints what README says.")
    func evaluate() throws {
        let folder = try TemporaryFolder()
        let qrels = homonyms + "/qrels/test.tsv"
        let judged = try Set(
            String(contentsOfFile: qrels, encoding: .utf8).split(separator: "\n").map { $0.prefix { $0 != "\t" } })
        let queries = try String(contentsOfFile: homonyms + "/queries.jsonl", encoding: .utf8).split(separator: "\n")
            .filter { judged.contains($0.dropFirst(#"{"_id": ""#.count).prefix { $0 != "\"" }) }
        try folder.write("test.jsonl", queries.map { $0 + "\n" }.joined())
        _ = try output(["index", homonyms, "-o", "my.index"], in: folder)
        let call = ["search", "my.index", "--queries", "test.jsonl", "-k", "100"]
        _ = try output(call + ["-o", "bm25.trec"], in: folder)
        _ = try output(call + ["--rm3", "-o", "rm3.trec"], in: folder)
        let table = try output(
            ["evaluate", "rm3.trec", "bm25.trec", "--qrels", qrels, "--baseline", "bm25.trec"], in: folder)
        let blocks = readme.components(separatedBy: "```text\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(blocks.contains { $0.hasPrefix("run ") && table.hasPrefix($0) }, "\(table)")
    }
}
