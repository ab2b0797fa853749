import Foundation
import RetrievalData

/// Computes the features of all candidates of a query.
struct WindowFeatures: Sendable {
    let terms: DocumentTerms
    let second: (any Retriever)?

    var names: [FalseNegativeFeature] {
        FalseNegativeFeature.ofOne + (second == nil ? [] : FalseNegativeFeature.ofSecond)
    }

    /// One row a candidate, in the order of `names`; candidates are the ranked ones from rank 0, best first.
    func rows(_ query: Query, positives: [MinedPositive], candidates: [ScoredDocument]) throws -> [[Double]] {
        let scores = ScoreScale(candidates.map(\.score), positives: positives.compactMap(\.score))
        let overlaps = try overlaps(query, positives: positives.map(\.document), candidates: candidates)
        let meanOverlap = Moments(overlaps.prefix(FalseNegativeFeature.referenceDepth).map(\.text))
        var rows = candidates.indices.map { place in
            let scaled = scores.features(candidates[place].score)
            return scaled + [
                log(1 + Double(place)), overlaps[place].text, meanOverlap.standardized(overlaps[place].text),
                overlaps[place].title,
            ]
        }
        if let second {
            let ids = candidates.map(\.id)
            let all = try second.scores(of: ids + positives.map(\.document), for: query)
            let known = all.compactMap(\.self).min() ?? 0
            let values = all.prefix(ids.count).map { $0 ?? known }
            let scale = ScoreScale(Array(values), positives: all.dropFirst(ids.count).compactMap(\.self))
            for place in rows.indices { rows[place] += scale.features(values[place]) }
        }
        return rows
    }

    private func overlaps(
        _ query: Query, positives: [DocumentID], candidates: [ScoredDocument]
    ) throws -> [(text: Double, title: Double)] {
        let asked = terms.hashes(of: query.text)
        let relevant = try positives.compactMap { try terms.profile(of: $0)?.without(asked) }
        return try candidates.map { candidate in
            guard let profile = try terms.profile(of: candidate.id) else { return (0, 0) }
            let total = profile.total(without: asked)
            return (
                relevant.reduce(0) { max($0, profile.overlap($1, total: total)) },
                relevant.reduce(0) { max($0, profile.titleOverlap($1)) }
            )
        }
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

/// The scores of a query's candidates and positives on a scale that doesn't depend on the retriever.
private struct ScoreScale {
    private let moments: Moments
    private let best: Double
    private let positive: Double

    init(_ scores: [Double], positives: [Double]) {
        let reference = scores.prefix(FalseNegativeFeature.referenceDepth)
        moments = Moments(reference)
        best = reference.max() ?? 0
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
