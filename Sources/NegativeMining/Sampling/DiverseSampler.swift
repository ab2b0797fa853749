import RetrievalData

/// Takes one survivor after the other, each time the one with the greatest λ · r − (1 − λ) · max J.
///
/// Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998, section 2). r is the score, scaled to 0…1 over the survivors; J the Jaccard
/// similarity of the words to those of a survivor that was taken before, estimated from `MinHashSignature`s. Of equals the better-ranked.
///
/// Complexity: O(survivors · count).
struct DiverseSampler: NegativeSampler {
    let relevanceWeight: Double
    private let index: SimilarityIndex

    init(documents: any DocumentStore, relevanceWeight: Double) {
        self.relevanceWeight = relevanceWeight
        index = SimilarityIndex(documents: documents, shingling: .words(1))
    }

    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) throws -> [Int] {
        let survivors = context.survivors
        if survivors.count <= count { return Array(survivors.indices) }
        let signatures = try survivors.map { try index.signature(of: $0.document) }
        let relevance = Self.scaled(survivors.map(\.score))
        var nearest = [Double](repeating: 0, count: survivors.count)
        var left = Array(survivors.indices)
        var chosen: [Int] = []
        while chosen.count < count, !left.isEmpty {
            func value(_ place: Int) -> Double {
                relevanceWeight * relevance[place] - (1 - relevanceWeight) * nearest[place]
            }
            var best = 0
            for place in left.indices.dropFirst() where value(left[place]) > value(left[best]) { best = place }
            let taken = left.remove(at: best)
            chosen.append(taken)
            guard let signature = signatures[taken] else { continue }
            for place in left { nearest[place] = max(nearest[place], signatures[place]?.jaccard(signature) ?? 0) }
        }
        return chosen
    }

    /// Scores on a line from 0 for the lowest to 1 for the highest; 1 where all are equal.
    static func scaled(_ scores: [Double]) -> [Double] {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return scores.map { _ in 1 }
        }
        return scores.map { ($0 - lowest) / (highest - lowest) }
    }
}
