import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

/// A body of `_bulk` or `_msearch`, read by the rules of both: pairs of lines, each a JSON object, each ended by a line feed.
struct OpenSearchBody {
    let pairs: [(head: [String: Any], body: [String: Any])]

    init(_ bytes: [UInt8]) throws {
        #expect(bytes.last == 0x0A, "the last line must end too")
        let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        try #require(lines.count % 2 == 0)
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        }
        pairs = stride(from: 0, to: objects.count, by: 2).map { (objects[$0], objects[$0 + 1]) }
    }
}

@Suite("Lines for OpenSearch and Elasticsearch")
struct OpenSearchLinesTests {
    private func lines() throws -> OpenSearchLines { try #require(OpenSearchLines(index: "my-docs")) }

    @Test("Documents come back from a body of _bulk as they were, however awkward.")
    func bulk() throws {
        var random = SeededGenerator(seed: 3)
        let awkward = [
            "\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "é", "𝄞", "{", "}", "a", " ",
        ]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in awkward.randomElement(using: &random) ?? "" }.joined()
        }
        var documents = (0..<50).map { Document(id: "d\($0)\"\\/é", title: $0 % 2 == 0 ? "" : text(5), text: text($0)) }
        documents.append(
            Document(id: "m", text: "", metadata: #"{"year": 2020, "_id": "x", "title": ["a"], "deep": {"k": null}}"#))
        documents.append(
            Document(id: String(repeating: "é", count: 256), text: String(repeating: "wide \" ", count: 100_000)))
        let bytes = try documents.flatMap { Array(try lines().bulk($0).utf8) }
        let pairs = try OpenSearchBody(bytes).pairs
        #expect(pairs.count == documents.count)
        for (pair, document) in zip(pairs, documents) {
            #expect(pair.head.count == 1)
            let action = try #require(pair.head["index"] as? [String: String])
            #expect(action == ["_index": "my-docs", "_id": document.id])
            #expect(pair.body["text"] as? String == document.text)
            #expect(pair.body["title"] as? String ?? "" == document.title)
            #expect(pair.body.keys.allSatisfy { ["title", "text", "metadata"].contains($0) })
        }
        let metadata = try #require(pairs[50].body["metadata"] as? [String: Any])
        #expect(metadata["year"] as? Int == 2020 && metadata["_id"] as? String == "x" && metadata.count == 4)
    }

    @Test("An id of more than 512 bytes is refused by its beginning.")
    func longID() throws {
        let lines = try lines()
        let document = Document(id: String(repeating: "x", count: 513), text: "")
        #expect(throws: InputError.self) { try lines.bulk(document) }
    }

    @Test("A query becomes a header with dfs_query_then_fetch and a body that bears its id.")
    func search() throws {
        let query = Query(id: "q\"1", text: "a \"phrase\"\n\\ and\u{0} +operators -like:this*")
        let pair = try #require(try OpenSearchBody(Array(lines().search(query, k: 7).utf8)).pairs.first)
        #expect(pair.head as? [String: String] == ["index": "my-docs", "search_type": "dfs_query_then_fetch"])
        #expect(pair.body["size"] as? Int == 7 && pair.body["_source"] as? Bool == false)
        let match = (pair.body["query"] as? [String: [String: Any]])?["match"]?["contents"] as? [String: String]
        #expect(match == ["query": query.text, "_name": query.id])
        let fielded = try OpenSearchBody(Array(lines().search(query, k: 7, fields: ["title^2", "text"]).utf8)).pairs[0]
        let multi = (fielded.body["query"] as? [String: [String: Any]])?["multi_match"]
        #expect(multi?["fields"] as? [String] == ["title^2", "text"] && multi?["_name"] as? String == query.id)
    }

    @Test("Names of indexes keep to the rules of OpenSearch.")
    func names() {
        for name in ["docs", "my-docs_2.x", "é"] { #expect(OpenSearchLines(index: name) != nil, "\(name)") }
        let long = String(repeating: "a", count: 256)
        for name in [
            "", "Docs", "_docs", "-docs", "+docs", ".", "..", "a b", "a,b", "a*", "a?", "a/b", "a:b", "a#b", "a\"",
            long,
        ] {
            #expect(OpenSearchLines(index: name) == nil, "\(name)")
        }
    }
}
