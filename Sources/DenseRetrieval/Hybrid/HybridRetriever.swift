import RetrievalData

/// Ranks documents by a lexical and a dense retriever together.
///
/// Each query's candidates are the best `depth` documents of both. With weights, depth is at least the asked k, and a candidate that only
/// one of them found gets its true score from the other. With reciprocal ranks it counts in one ranking alone, and as a score depends on
/// the depth, that is never more than asked for: at most twice `depth` documents are answered.
public struct HybridRetriever: Retriever {
    /// The name that stands in run tags and reports.
    public let name: String
    private let lexical: any Retriever
    private let dense: any Retriever
    private let fusion: Fusion
    private let depth: Int
    private static let queriesAtOnce = 256

    /// A hybrid of two retrievers; `depth` is how many documents of each are looked at.
    public init(
        lexical: any Retriever, dense: any Retriever, fusion: Fusion = .weighted(weight: 1), depth: Int = 100,
        name: String = "hybrid"
    ) {
        self.lexical = lexical
        self.dense = dense
        self.fusion = fusion
        self.depth = max(depth, 1)
        self.name = name
    }

    /// Answers each query with its best `k` candidates in the total order.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try forEachCandidates(queries, k: k) { candidates in
            let fused = candidates.fused(by: fusion)
            try each(Ranking(queryID: candidates.queryID, documents: Array(fused.prefix(max(k, 0)))))
        }
    }

    /// Hands over the candidates of each query, in order, from which `retrieve` takes its answer.
    public func forEachCandidates(_ queries: [Query], k: Int, each: (FusionCandidates) throws -> Void) throws {
        var start = 0
        while start < queries.count {
            let part = Array(queries[start..<min(start + Self.queriesAtOnce, queries.count)])
            let first = try lexical.run(part, k: candidates(k)).rankings
            let second = try dense.run(part, k: candidates(k)).rankings
            for (place, query) in part.enumerated() {
                try each(try candidates(first[place].documents, second[place].documents, query))
            }
            start += part.count
        }
    }

    /// The scores that documents get for a query; nil for a document that neither retriever knows.
    ///
    /// With reciprocal ranks a document beyond the candidates has score 0.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        let first = try lexical.scores(of: documents, for: query)
        let second = try dense.scores(of: documents, for: query)
        let depth = scaleDepth
        let candidates = try candidates(
            try lexical.run([query], k: depth).rankings[0].documents,
            try dense.run([query], k: depth).rankings[0].documents, query)
        switch fusion {
        case .weighted(let weight, let normalization):
            let scale = candidates.scale(normalization)
            return zip(first, second).map { scale.score($0, $1, weight: weight) }
        case .reciprocalRank:
            let fused = Dictionary(uniqueKeysWithValues: candidates.fused(by: fusion).map { ($0.id, $0.score) })
            return documents.indices.map { place in
                first[place] == nil && second[place] == nil ? nil : fused[documents[place]] ?? 0
            }
        }
    }

    /// How deep the rankings must be for the scale of the scores alone.
    private var scaleDepth: Int {
        if case .weighted(_, let normalization) = fusion, normalization == .maximum || normalization == .none {
            return 1
        }
        return depth
    }

    private func candidates(_ k: Int) -> Int {
        switch fusion {
        case .weighted: max(depth, k)
        case .reciprocalRank: depth
        }
    }

    private func candidates(
        _ first: [ScoredDocument], _ second: [ScoredDocument], _ query: Query
    ) throws -> FusionCandidates {
        let found = Set(first.map(\.id))
        let ids = first.map(\.id) + second.map(\.id).filter { !found.contains($0) }
        var documents = ids.map { FusionCandidates.Candidate(id: $0) }
        if case .weighted = fusion {
            let lexicalScores = try known(first, ids, lexical, query)
            let denseScores = try known(second, ids, dense, query)
            for place in ids.indices {
                documents[place].lexical = lexicalScores[place]
                documents[place].dense = denseScores[place]
            }
        }
        return FusionCandidates(queryID: query.id, lexical: first, dense: second, documents: documents, depth: depth)
    }

    /// The scores of ids: from the ranking where they stand in it, else asked for.
    private func known(
        _ ranking: [ScoredDocument], _ ids: [DocumentID], _ retriever: any Retriever, _ query: Query
    ) throws -> [Double?] {
        var scores = Dictionary(ranking.map { ($0.id, $0.score) }, uniquingKeysWith: { first, _ in first })
        let missing = ids.filter { scores[$0] == nil }
        if !missing.isEmpty {
            for (id, score) in zip(missing, try retriever.scores(of: missing, for: query)) { scores[id] = score }
        }
        return ids.map { scores[$0] }
    }
}
