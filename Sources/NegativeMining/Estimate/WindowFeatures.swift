import Essentials
import RetrievalData

/// Computes the features of candidates.
struct WindowFeatures: Sendable {
    let terms: DocumentTerms
    let second: (any Retriever)?

    var names: [FalseNegativeFeature] {
        FalseNegativeFeature.ofOne + (second == nil ? [] : FalseNegativeFeature.ofSecond)
    }

    /// What the features of a query's candidates have in common; `leading` are the first ranked ones, best first.
    ///
    /// A candidate's features depend on the query, its positives and the leading ones alone; `candidates` are those that will be asked about.
    func query(
        _ query: Query, positives: [MinedPositive], leading: [ScoredDocument], candidates: [DocumentID]
    ) throws -> QueryFeatures {
        try QueryFeatures(
            of: self, query, positives: positives, leading: leading.prefix(FalseNegativeFeature.referenceDepth),
            candidates: candidates)
    }
}

/// The features of one query's candidates.
struct QueryFeatures: Sendable {
    private let terms: DocumentTerms
    private let scores: ScoreScale
    private let asked: [UInt64]
    private let relevant: [TermProfile]
    private let overlaps: Moments
    private let second: (scale: ScoreScale, scores: [DocumentID: Double], unknown: Double)?

    fileprivate init(
        of features: WindowFeatures, _ query: Query, positives: [MinedPositive], leading: ArraySlice<ScoredDocument>,
        candidates: [DocumentID]
    ) throws {
        let terms = features.terms
        self.terms = terms
        scores = ScoreScale(leading.map(\.score), positives: positives.compactMap(\.score))
        let asked = terms.hashes(of: query.text)
        self.asked = asked
        let relevant = try positives.compactMap { try terms.profile(of: $0.document)?.without(asked) }
        self.relevant = relevant
        overlaps = Moments(
            try leading.map { try terms.profile(of: $0.id).map { Self.overlap(of: $0, relevant, without: asked) } ?? 0 }
        )
        second = try features.second.map { retriever in
            let first = leading.map(\.id)
            let known = try retriever.scores(of: first + positives.map(\.document), for: query)
            let lowest = known.compactMap { $0 }.min() ?? 0
            let scale = ScoreScale(
                known.prefix(first.count).map { $0 ?? lowest },
                positives: known.dropFirst(first.count).compactMap { $0 })
            let scores = try retriever.scores(of: candidates, for: query)
            let pairs = zip(candidates, scores).compactMap { id, score in score.map { (id, $0) } }
            return (scale, Dictionary(pairs) { one, _ in one }, lowest)
        }
    }

    /// The terms of a document; nil where the store lacks it.
    func profile(of id: DocumentID) throws -> TermProfile? { try terms.profile(of: id) }

    /// The features of one candidate in the order of `WindowFeatures.names`.
    func row(of candidate: ScoredDocument, rank: Int) throws -> [Double] {
        var row = scores.features(candidate.score)
        row.reserveCapacity(10)
        row.append(log(1 + Double(rank)))
        let profile = try terms.profile(of: candidate.id)
        let overlap = profile.map { Self.overlap(of: $0, relevant, without: asked) } ?? 0
        row.append(overlap)
        row.append(overlaps.standardized(overlap))
        row.append(profile.map { profile in relevant.reduce(0) { max($0, profile.titleOverlap($1)) } } ?? 0)
        if let second {
            row += second.scale.features(second.scores[candidate.id] ?? second.unknown)
        }
        return row
    }

    private static func overlap(
        of profile: TermProfile, _ relevant: [TermProfile], without asked: [UInt64]
    ) -> Double {
        let total = profile.total(without: asked)
        return relevant.reduce(0) { max($0, profile.overlap($1, total: total)) }
    }
}

/// A mean with a deviation; values that are all equal have the deviation 1.
struct Moments {
    let mean: Double
    let deviation: Double

    init(_ values: some Collection<Double>) {
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        self.mean = mean
        // Below this the differences are rounding.
        deviation = variance.squareRoot() > 1e-9 * max(1, mean.magnitude) ? variance.squareRoot() : 1
    }

    func standardized(_ value: Double) -> Double { (value - mean) / deviation }
}

/// The scores of a query's leading candidates and positives on a scale that doesn't depend on the retriever.
private struct ScoreScale {
    private let moments: Moments
    private let best: Double
    private let positive: Double

    init(_ leading: [Double], positives: [Double]) {
        moments = Moments(leading)
        best = leading.max() ?? 0
        positive = positives.min() ?? best
    }

    /// The gap to the positive, the z-score, the gap to the best.
    func features(_ score: Double) -> [Double] {
        [
            min(max((score - positive) / moments.deviation, -10), 10), moments.standardized(score),
            (score - best) / moments.deviation,
        ]
    }
}
