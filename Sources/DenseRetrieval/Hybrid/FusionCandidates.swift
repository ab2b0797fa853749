import RetrievalData

/// What two retrievers say of the documents that either of them ranks high for a query.
///
/// Any number of fusions can be tried on it without searching again.
public struct FusionCandidates: Sendable, Hashable {
    /// The query.
    public let queryID: QueryID
    /// The best documents of the lexical retriever.
    public let lexical: [ScoredDocument]
    /// The best documents of the dense retriever.
    public let dense: [ScoredDocument]
    /// A document of either ranking with both scores; nil for a document that a retriever does not know, or was not asked for.
    struct Candidate: Sendable, Hashable {
        var id: DocumentID
        var lexical: Double?
        var dense: Double?
    }
    /// The documents of the lexical ranking, then those of the dense one alone.
    let documents: [Candidate]
    /// How many of each ranking's first documents set the scale of min-max and z-score.
    let depth: Int

    /// The documents with their fused scores, in the total order.
    public func fused(by fusion: Fusion) -> [ScoredDocument] {
        switch fusion {
        case .reciprocalRank(let constant):
            return RankingPool(queryID: queryID, rankings: [lexical, dense])
                .fused(by: RunFusion(.rrf, constant: constant)).documents
        case .weighted(let weight, let normalization):
            let scale = scale(normalization)
            return documents.compactMap { document in
                scale.score(document.lexical, document.dense, weight: weight).map {
                    ScoredDocument(id: document.id, score: $0)
                }
            }.sorted { $0.precedes($1) }
        }
    }

    /// The scales of both scores.
    struct Scale {
        var lexical: ScoreScale
        var dense: ScoreScale

        /// lexical + weight · dense; nil where there is neither score.
        func score(_ lexical: Double?, _ dense: Double?, weight: Double) -> Double? {
            if lexical == nil, dense == nil { return nil }
            return self.lexical(lexical) + weight * self.dense(dense)
        }
    }

    /// The scales that a normalisation gives these candidates.
    func scale(_ normalization: ScoreNormalization) -> Scale {
        switch normalization {
        case .none: return Scale(lexical: .identity, dense: .identity)
        case .maximum: return Scale(lexical: .maximum(lexical.first?.score ?? 0), dense: .identity)
        case .minMax, .zScore, .sum:
            return Scale(
                lexical: normalization.scale(of: known(\.lexical)), dense: normalization.scale(of: known(\.dense)))
        }
    }

    /// The scores of the documents that stand among the first `depth` of either ranking, ascending: neither more candidates nor their order
    /// change sums over them.
    private func known(_ score: KeyPath<Candidate, Double?>) -> [Double] {
        let first = Set((lexical.prefix(depth) + dense.prefix(depth)).map(\.id))
        return documents.compactMap { first.contains($0.id) ? $0[keyPath: score] : nil }.sorted()
    }
}
