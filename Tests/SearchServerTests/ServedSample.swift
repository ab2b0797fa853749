import DurableStorage
import LexicalSearch
import NegativeReview
import RetrievalData
import Synchronization
import TextAnalysis

@testable import SearchServer

/// A small index in memory behind a service.
struct ServedSample {
    static let documents = [
        Document(
            id: "apple-1", title: "Apple pie", text: "Bake the apple slices with sugar until the fruit is soft.",
            metadata: #"{"year": 2001, "lang": "en"}"#),
        Document(
            id: "apple-2", title: "Apple Inc.", text: "The company sells computers.", metadata: #"{"year": 2020}"#),
        Document(id: "bank-1", title: "", text: "The bank by the river flooded. \u{1F30A} The river rose."),
        Document(
            id: "a/b ?#%", title: "<script>alert(1)</script>", text: "A \"quoted\" <img src=x onerror=alert(2)> bank."),
        Document(id: "東京", title: "東京", text: "東京 タワー apple"),
    ]

    let directory = InMemoryDirectory()
    let live: LiveCollection
    let service: SearchService

    init(_ change: (inout ServerOptions) -> Void = { _ in }, positions: Bool = true) throws {
        var indexing = IndexOptions()
        indexing.positions = positions
        let writer = try IndexWriter(directory: directory, options: indexing)
        try writer.add(Self.documents)
        _ = try writer.commit()
        let directory = directory
        live = try LiveCollection(
            CollectionSource(
                fingerprint: { "\(try Self.open(directory).documentCount)" }, open: { try Self.open(directory) }))
        var options = ServerOptions()
        options.version = "1.2.3"
        change(&options)
        service = SearchService(collection: live, options: options)
    }

    static func open(_ directory: InMemoryDirectory) throws -> ServedCollection {
        let reader = try IndexReader(directory: directory)
        var searcher = try Searcher(reader: reader)
        searcher.phrases = reader.summary.storesPositions
        let served = searcher
        return ServedCollection(
            systems: [
                ServedSystem(name: "bm25", mode: .lexical, retriever: searcher),
                ServedSystem(name: "before", mode: .dense, model: "before", retriever: Reversed(searcher: searcher)),
                ServedSystem(name: "after", mode: .dense, model: "after", retriever: Reversed(searcher: searcher)),
            ],
            searcher: searcher, documents: searcher, restricted: { try served.restricted(to: $0) },
            reranker: Reversed(searcher: searcher), documentCount: reader.storedDocumentCount,
            commit: "\(reader.summary.generation)")
    }

    /// The answer to a GET.
    func get(_ target: String) -> ServerResponse { service.respond(to: ServerRequest(target: target)) }

    /// The answer to a POST of JSON.
    func post(_ target: String, _ body: String) -> ServerResponse {
        service.respond(
            to: ServerRequest(
                method: "POST", target: target, contentType: "application/json", body: Array(body.utf8)))
    }
}

/// A retriever that likes what BM25 doesn't.
struct Reversed: Retriever {
    let searcher: Searcher
    var name: String { "reversed" }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try searcher.retrieve(queries, k: 100) { ranking in
            let turned = ranking.documents.map { ScoredDocument(id: $0.id, score: -$0.score) }
            try each(Ranking(queryID: ranking.queryID, documents: Array(turned.sorted { $0.precedes($1) }.prefix(k))))
        }
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try searcher.scores(of: documents, for: query).map { $0.map { -$0 } }
    }
}
