import DurableStorage
import LexicalSearch
import RetrievalData
import Synchronization
import Testing

@testable import SearchServer

@Suite("New commits")
struct LiveCollectionTests {
    @Test("A new commit is taken up, and whoever began with the old one keeps it.")
    func newCommit() throws {
        let sample = try ServedSample()
        let old = sample.live.current
        #expect(try !sample.live.refresh())
        let writer = try IndexWriter(opening: sample.directory)
        try writer.add([Document(id: "new", text: "A quagga.")])
        _ = try writer.commit()
        #expect(try sample.live.refresh())
        #expect(try JSONView(parsing: sample.get("/search?q=quagga").body).hits.array.map(\.id.string) == ["new"])
        #expect(try old.searcher?.search("quagga", k: 1).isEmpty == true)
        #expect(try JSONView(parsing: sample.get("/health").body).documents.number == 6)
    }

    @Test("Where a new commit can't be opened the old one is served on, and the next look tries again.")
    func failure() throws {
        let sample = try ServedSample()
        let turn = Mutex(0)
        let live = try LiveCollection(
            CollectionSource(
                fingerprint: { "\(turn.withLock { $0 })" },
                open: {
                    if turn.withLock({ $0 }) == 1 { throw StorageError.notFound(path: "manifest") }
                    return try ServedSample.open(sample.directory)
                }))
        let first = live.current
        turn.withLock { $0 = 1 }
        #expect(throws: StorageError.self) { try live.refresh() }
        #expect(live.current === first)
        turn.withLock { $0 = 2 }
        #expect(try live.refresh())
        #expect(live.current !== first)
        #expect(live.reloads.done == 1 && live.reloads.failed == 1)
    }

    @Test("What broke inside is logged, and a client learns of no path of this machine.")
    func failuresInside() throws {
        let messages = Mutex<[String]>([])
        let sample = try ServedSample()
        let live = try LiveCollection(
            CollectionSource(
                fingerprint: { "" },
                open: {
                    ServedCollection(
                        systems: [ServedSystem(name: "bm25", mode: .lexical, retriever: Broken())], searcher: nil,
                        documents: nil, documentCount: 0, commit: "")
                }))
        let service = SearchService(collection: live, options: ServerOptions()) { text in
            messages.withLock { $0.append(text) }
        }
        let response = service.respond(to: ServerRequest(target: "/search?q=a&mode=lexical"))
        #expect(response.status == 500)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("/secret"))
        #expect(messages.withLock { $0 }.count == 1)
        #expect(messages.withLock { $0 }.first?.contains("/secret/index") == true)
        _ = sample
    }
}

private struct Broken: Retriever {
    var name: String { "broken" }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        throw StorageError.corrupt(file: "/secret/index/postings", reason: "its checksum is wrong")
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] { [] }
}
