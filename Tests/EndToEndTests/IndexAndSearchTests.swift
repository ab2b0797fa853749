import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy index and decoy search", .tags(.endToEnd))
struct IndexAndSearchTests {
    @Test("An index is built from a dataset, a file and standard input alike.")
    func index() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let corpus = try String(contentsOfFile: shared.corpus, encoding: .utf8)
        let fromFile = try DecoyProcess.run(["index", shared.corpus, "-o", folder.path("a"), "--json"])
        #expect(fromFile.status == 0, "\(fromFile.messages)")
        #expect(try JSONNode(fromFile.output)["documentCount"].number == 40)
        let fromInput = try DecoyProcess.run(["index", "-", "-o", folder.path("b")], input: corpus)
        #expect(fromInput.status == 0, "\(fromInput.messages)")
        #expect(fromInput.messages.contains("indexed 40 documents"))
        let expected = try FolderContents(shared.index)
        #expect(try FolderContents(folder.path("a")).differences(from: expected).isEmpty)
        #expect(try FolderContents(folder.path("b")).differences(from: expected).isEmpty)
    }

    @Test("A query gets a table of its best documents, best first, with titles.")
    func table() throws {
        let shared = try Prepared.shared()
        let found = try DecoyProcess.run(["search", shared.index, "crane river mud", "-k", "3"])
        #expect(found.status == 0)
        let lines = found.output.split(separator: "\n").filter { $0.prefix(4).contains(where: \.isNumber) }
        #expect(lines.count == 3)
        #expect(lines.first?.contains("crane-river-") == true)
        #expect(lines.first?.contains("The crane and the") == true)
        #expect(!found.output.contains("\u{1B}"), "no colour where output is no terminal")
    }

    @Test("An index without text gives a table of ids and scores.")
    func tableWithoutText() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = try DecoyProcess.run(["index", shared.corpus, "-o", folder.path("index"), "--without-text", "-q"])
        #expect(index.status == 0, "\(index.messages)")
        let found = try DecoyProcess.run(["search", folder.path("index"), "crane river mud", "-k", "3"])
        #expect(found.status == 0, "\(found.messages)")
        #expect(found.output.split(separator: "\n").count == 3 && found.output.contains("crane-river-"))
    }

    @Test("A file of queries gives a run of six columns; the other formats hold the same documents in the same order.")
    func formats() throws {
        let shared = try Prepared.shared()
        func search(_ format: String) throws -> [[String]] {
            let found = try DecoyProcess.run(
                ["search", shared.index, "--queries", shared.queries, "-k", "5", "--output-format", format])
            #expect(found.status == 0, "\(found.messages)")
            if format == "jsonl" {
                return try JSONNode.lines(found.output).flatMap { line in
                    line["hits"].items.map { [line["query_id"].text ?? "", $0["id"].text ?? ""] }
                }
            }
            return found.output.split(separator: "\n").map { line in
                let columns = line.split(whereSeparator: \.isWhitespace).map(String.init)
                #expect(columns.count == (format == "trec" ? 6 : 3))
                return [columns[0], columns[format == "trec" ? 2 : 1]]
            }
        }
        let trec = try search("trec")
        #expect(trec.count == 12 * 5)
        #expect(try search("jsonl") == trec)
        #expect(try search("msmarco") == trec)
    }

    @Test("Queries come from standard input as well, and -k, --k1 and --b have their effect.")
    func options() throws {
        let shared = try Prepared.shared()
        func search(_ options: [String]) throws -> [Substring] {
            try DecoyProcess.run(
                ["search", shared.index, "--queries", "-"] + options, input: "q1\tbank mud\nq2\tcrane\n"
            )
            .output.split(separator: "\n")
        }
        #expect(try search(["-k", "1"]).map { $0.prefix(2) } == ["q1", "q2"])
        #expect(try search([]).count == 20)
        #expect(try search(["--k1", "0.2"]) != search([]))
        #expect(try search(["--b", "0"]) != search([]))
        #expect(try search(["--tag", "mine"]).allSatisfy { $0.hasSuffix(" mine") })
    }

    @Test("A query without any term, and one of words that nothing holds, find nothing and are no error.")
    func nothingFound() throws {
        let shared = try Prepared.shared()
        for text in ["", "   ", "the of", "zyzzyva", "\u{0}", "🦆"] {
            let found = try DecoyProcess.run(["search", shared.index, "--", text])
            // The system cannot hand a NUL to a program: what is before it is the query.
            #expect(found.status == 0, "\(text): \(found.messages)")
            #expect(found.output.contains("no document matches"), "\(text)")
        }
    }

    @Test("Vectors answer with their model, and a hybrid joins them with BM25.")
    func denseAndHybrid() throws {
        let shared = try Prepared.shared()
        let dense = try DecoyProcess.run(
            ["search", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "4"])
        #expect(dense.status == 0, "\(dense.messages)")
        #expect(dense.output.split(separator: "\n").count == 12 * 4)
        for fusion in ["rrf", "weighted"] {
            let hybrid = try DecoyProcess.run([
                "search", shared.index, "--dense", shared.vectors, "--model", shared.model, "--queries", shared.queries,
                "-k", "4", "--fuse", fusion,
            ])
            #expect(hybrid.status == 0, "\(hybrid.messages)")
            #expect(hybrid.output.split(separator: "\n").count == 12 * 4)
            #expect(hybrid.output != dense.output)
        }
    }
}
