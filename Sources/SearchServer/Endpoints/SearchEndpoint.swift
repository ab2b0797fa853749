import LexicalSearch
import RetrievalData

/// `/search`: one ranking for one query.
enum SearchEndpoint {
    /// The longest query, in Unicode scalars.
    static let queryLimit = 8192
    /// The most documents that one answer holds.
    static let hitLimit = 1000

    static let parameters = [
        Parameter(name: "q", kind: .text(limit: queryLimit), isRequired: true),
        Parameter(name: "k", kind: .integer(1...hitLimit)),
        Parameter(name: "mode", kind: .choice(SearchMode.allCases.map(\.rawValue))),
        Parameter(name: "model", kind: .text(limit: 100)),
        Parameter(name: "rerank", kind: .flag),
        Parameter(name: "filter", kind: .text(limit: 2048)),
        Parameter(name: "explain", kind: .flag),
        Parameter(name: "highlight", kind: .flag),
        Parameter(name: "documents", kind: .flag),
    ]

    /// How many documents are scored anew, at least.
    private static let rerankingDepth = 50

    static func answer(_ call: Route.Call) throws -> ServerResponse {
        let start = ContinuousClock.now
        let (arguments, collection) = (call.arguments, call.collection)
        let text = try arguments.required("q")
        let k = arguments.integer("k") ?? 10
        let mode =
            arguments.text("mode").flatMap(SearchMode.init) ?? (collection.searcher == nil ? .dense : .lexical)
        let system = try collection.system(mode, model: arguments.text("model"))
        let retriever = try filtered(system, by: arguments.text("filter"), collection)
        var list = HitList(collection: collection, withDocuments: arguments.flag("documents"))
        if list.withDocuments || arguments.flag("highlight") { _ = try texts(of: collection) }
        if arguments.flag("highlight") { list.highlighter = try highlighter(for: text, collection) }
        let hits = try ranked(Query(id: "1", text: text), k: k, retriever, call)
        if arguments.flag("explain") {
            guard mode == .lexical, !arguments.flag("rerank"), let explaining = retriever as? any ExplainingRetriever
            else {
                throw Problem.badRequest("explain: only scores of mode lexical come about by terms; leave out rerank")
            }
            list.explanations = try explaining.explanations(of: hits.map(\.id), for: text)
        }
        var json = JSONWriter()
        try json.object { json in
            json.field("query", text)
            json.field("mode", mode.rawValue)
            json.field("model", system.model)
            json.field("k", k)
            json.field("commit", collection.commit)
            json.field("took_ms", start.milliseconds)
            try json.field("hits") { try list.write(hits, to: &$0) }
        }
        return .json(json)
    }

    /// The system's retriever, or one that keeps to the documents that fulfil a condition.
    private static func filtered(
        _ system: ServedSystem, by filter: String?, _ collection: ServedCollection
    ) throws -> any Retriever {
        guard let filter else { return system.retriever }
        guard system.mode == .lexical, let restricted = collection.restricted else {
            throw Problem.badRequest("filter: works with mode lexical alone")
        }
        do {
            return try restricted(MetadataFilter(filter))
        } catch FilterError.unknownKey(let key, let known, _) {
            throw Problem.badRequest(
                "filter: no document has the key \(Parameter.shown(key))"
                    + (known.isEmpty ? "" : "; known keys: \(known.joined(separator: ", "))"))
        } catch let error as FilterError {
            throw Problem.badRequest("filter: \(error)")
        } catch SearchError.metadataNotIndexed {
            throw Problem.badRequest("filter: the index keeps no metadata; build it again with this version")
        }
    }

    private static func ranked(
        _ query: Query, k: Int, _ retriever: any Retriever, _ call: Route.Call
    ) throws -> [ScoredDocument] {
        guard call.arguments.flag("rerank") else { return try hits(of: query, k: k, retriever) }
        guard let scorer = call.collection.reranker else {
            throw Problem.badRequest("rerank: the server has no cross-encoder (decoy serve --reranker DIR)")
        }
        let depth = max(k, rerankingDepth)
        let first = Ranking(queryID: query.id, documents: try hits(of: query, k: depth, retriever))
        let anew = try Reranker(scorer: scorer, depth: rerankingDepth).reranked(first, for: query)
        return Array(anew.ranking.documents.prefix(k))
    }

    /// The best documents of one query; a searcher is asked without the detour over batches.
    static func hits(of query: Query, k: Int, _ retriever: any Retriever) throws -> [ScoredDocument] {
        do {
            if let searcher = retriever as? Searcher { return try searcher.search(query.text, k: k) }
            return try retriever.run([query], k: k).rankings.first?.documents ?? []
        } catch SearchError.positionsNotStored {
            throw Problem.badRequest("q: a phrase needs token positions, and the index has none (index --positions)")
        }
    }

    /// Marks the query's words; nil where there is no index.
    static func highlighter(for text: String, _ collection: ServedCollection) throws -> Highlighter? {
        try collection.searcher?.highlighter(for: text)
    }

    /// The texts, for what can't do without.
    static func texts(of collection: ServedCollection) throws(Problem) -> any DocumentStore {
        guard let documents = collection.documents else {
            throw .notFound("the server has no texts of documents, only ids")
        }
        return documents
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds from then to now, to the microsecond.
    var milliseconds: Double {
        let parts = (ContinuousClock.now - self).components
        return (Double(parts.seconds) * 1e6 + (Double(parts.attoseconds) / 1e12).rounded()) / 1e3
    }
}
