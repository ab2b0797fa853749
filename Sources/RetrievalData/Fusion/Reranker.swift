/// Ranks the first documents of rankings again by the scores of another retriever.
///
/// The documents beyond the depth, and those among the first that the retriever does not know, keep their order below the others: their
/// scores fall by equal steps, mostly of 1, from the lowest new one. So the answer is a ranking like any other, of the same documents.
public struct Reranker: Sendable {
    /// How the score of the first ranking counts beside the new one.
    public struct Interpolation: Sendable, Hashable {
        /// The share of the new score, from 0 to 1; the first one has the rest.
        public var weight: Double
        /// What is done to both scores before, over the documents that have both.
        public var normalization: ScoreNormalization

        /// An interpolation.
        public init(weight: Double, normalization: ScoreNormalization = .minMax) {
            self.weight = weight
            self.normalization = normalization
        }
    }

    /// A ranking made anew.
    public struct Reranking: Sendable, Hashable {
        /// The same documents in their new order.
        public var ranking: Ranking
        /// How many documents got a new score.
        public var scored: Int
        /// How many of the first documents the retriever does not know.
        public var unknown: Int
    }

    private let scorer: any Retriever
    private let depth: Int
    private let interpolation: Interpolation?

    /// A reranker of the first `depth` documents; without an interpolation the new score counts alone.
    public init(scorer: any Retriever, depth: Int = 100, interpolation: Interpolation? = nil) {
        self.scorer = scorer
        self.depth = max(depth, 0)
        self.interpolation = interpolation
    }

    /// A ranking, which stands in the total order, anew; throws what the retriever throws.
    public func reranked(_ ranking: Ranking, for query: Query) throws -> Reranking {
        let first = ranking.documents.prefix(depth)
        let scores = try scorer.scores(of: first.map(\.id), for: query)
        let known = zip(first, scores).compactMap { document, score in score.map { (document, $0) } }
        let unknown = zip(first, scores).filter { $0.1 == nil }.map(\.0)
        var documents = zip(known, joined(known.map(\.0.score), known.map(\.1)))
            .map { ScoredDocument(id: $0.0.id, score: $1) }
            .sorted { $0.precedes($1) }
        let lowest = (documents.last?.score ?? 0).rounded(.down)
        let step = max(1, abs(lowest) * 1e-9)  // never lost in rounding
        for (place, document) in (unknown + ranking.documents.dropFirst(depth)).enumerated() {
            documents.append(ScoredDocument(id: document.id, score: lowest - Double(place + 1) * step))
        }
        return Reranking(
            ranking: Ranking(queryID: ranking.queryID, documents: documents), scored: known.count,
            unknown: unknown.count)
    }

    private func joined(_ old: [Double], _ new: [Double]) -> [Double] {
        guard let interpolation else { return new }
        let (first, second) = (interpolation.normalization.scale(of: old), interpolation.normalization.scale(of: new))
        return zip(old, new).map { (1 - interpolation.weight) * first($0) + interpolation.weight * second($1) }
    }
}
