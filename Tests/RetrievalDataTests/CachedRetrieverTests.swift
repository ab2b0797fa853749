import RetrievalData
import Synchronization
import Testing

/// Counts what it is asked; the score is the length of the document's id.
private final class CountingRetriever: Retriever {
    let name = "counting"
    let asked = Mutex<[[DocumentID]]>([])

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {}

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        asked.withLock { $0.append(documents) }
        return documents.map { $0.isEmpty ? nil : Double($0.count) }
    }
}

@Suite("Kept scores")
struct CachedRetrieverTests {
    @Test("No pair is scored twice, and each by itself.")
    func once() throws {
        let base = CountingRetriever()
        let cached = CachedRetriever(base)
        let query = Query(id: "q", text: "")
        #expect(try cached.scores(of: ["a", "bb", "", "a"], for: query) == [1, 2, nil, 1])
        #expect(try cached.scores(of: ["", "bb", "ccc"], for: query) == [nil, 2, 3])
        #expect(base.asked.withLock { $0 } == [["a"], ["bb"], [""], ["ccc"]])
        #expect(try cached.scores(of: ["a"], for: Query(id: "r", text: "")) == [1])
        #expect(cached.scored == 5 && cached.name == "counting")
    }

    @Test("Beyond the limit the oldest queries' scores go.")
    func limit() throws {
        let base = CountingRetriever()
        let cached = CachedRetriever(base, maximumScores: 2)
        for id in ["q", "r", "s", "s"] { _ = try cached.scores(of: ["a"], for: Query(id: id, text: "")) }
        #expect(cached.scored == 3)
        _ = try cached.scores(of: ["a"], for: Query(id: "q", text: ""))
        #expect(cached.scored == 4)
    }
}
