import DecoyTestSupport
import Foundation
import Testing

@Suite("Highlights in decoy search", .tags(.endToEnd))
struct HighlightCommandTests {
    private static let filler = String(repeating: "and then some more words ", count: 20)
    private static let corpus = """
        {"_id": "1", "title": "River news", "text": "\(filler)the banks of the old river \(filler)"}
        {"_id": "2", "title": "", "text": "東京都のbankです"}
        {"_id": "3", "title": "Nothing", "text": "of the kind"}

        """

    private func index(_ folder: TemporaryFolder, _ options: [String] = []) throws -> String {
        let path = folder.path("index")
        let outcome = try DecoyProcess.run(["index", "-", "-o", path] + options, input: Self.corpus)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return path
    }

    @Test("A table shows the best stretch of each hit; with --highlight its words stand between asterisks.")
    func table() throws {
        let folder = try TemporaryFolder()
        let index = try index(folder)
        let plain = try DecoyProcess.run(["search", index, "river bank"])
        #expect(plain.status == 0, "\(plain.messages)")
        #expect(plain.output.contains(/\ 1  River news\n +….* the banks of the old river .*…\n/), "\(plain.output)")
        #expect(!plain.output.contains("*") && !plain.output.contains("\u{1B}"))
        let marked = try DecoyProcess.run(["search", index, "river bank", "--highlight"])
        #expect(marked.output.contains("1  **River** news\n") && marked.output.contains("東京都の**bank**です\n"))
        #expect(marked.output.replacing("**", with: "") == plain.output)
        let queries = try DecoyProcess.run(
            ["search", index, "--queries", "-", "--output-format", "table"], input: "1\triver bank\n")
        #expect(queries.output.contains(" and then some more words"), "a file of queries is answered without")
    }

    @Test(
        "JSON lines hold the stretch, its place in title and text, and ranges of bytes in it, but only when asked for.")
    func json() throws {
        let folder = try TemporaryFolder()
        let index = try index(folder)
        let search = ["search", index, "river bank", "--output-format", "jsonl"]
        #expect(try !DecoyProcess.run(search).output.contains("highlights"))
        let outcome = try DecoyProcess.run(search + ["--highlight"])
        let hits = try JSONNode(outcome.output)["hits"].items
        #expect(hits.count == 2)
        for hit in hits {
            let found = hit["highlights"]
            let contents =
                hit["id"].text == "1"
                ? "River news \(Self.filler)the banks of the old river \(Self.filler)" : "東京都のbankです"
            let text = Array((found["text"].text ?? "").utf8)
            let (start, end) = (Int(found["start"].number ?? -1), Int(found["end"].number ?? -1))
            #expect(Array(contents.utf8)[start..<end] == text[...])
            let words = found["ranges"].items.map { range in
                String(decoding: text[Int(range[0].number ?? 0)..<Int(range[1].number ?? 0)], as: UTF8.self)
            }
            #expect(words == (hit["id"].text == "1" ? ["banks", "river"] : ["bank"]))
        }
    }

    @Test("In a hybrid search documents without a word of the query show their beginning.")
    func hybrid() throws {
        let shared = try Prepared.shared()
        let found = try DecoyProcess.run(
            ["search", shared.index, "bank", "--dense", shared.vectors, "--model", shared.model, "-k", "40"]
                + ["--highlight", "--output-format", "jsonl"])
        #expect(found.status == 0, "\(found.messages)")
        let highlights = try JSONNode(found.output)["hits"].items.map { $0["highlights"] }
        #expect(
            highlights.contains { $0["ranges"].items.isEmpty } && highlights.contains { !$0["ranges"].items.isEmpty })
        for found in highlights where found["ranges"].items.isEmpty { #expect(found["start"].number == 0) }
    }

    @Test("Highlights are refused where there is no text to show, or no place to show them.")
    func refused() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let bare = try index(folder, ["--without-text"])
        for (arguments, text) in [
            ([bare, "river"], "--without-text"), ([shared.index, "river", "--output-format", "trec"], "not trec"),
            ([shared.vectors, "river", "--model", shared.model, "--output-format", "jsonl"], "lexical index"),
            ([shared.index, "--queries", shared.queries], "not trec"),
        ] {
            let outcome = try DecoyProcess.run(["search"] + arguments + ["--highlight"])
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(arguments)")
            #expect(outcome.messages.contains(text), "\(outcome.messages)")
        }
        #expect(try DecoyProcess.run(["search", bare, "river"]).status == 0)
    }
}
