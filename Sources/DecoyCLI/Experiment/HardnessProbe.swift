import Decoy

/// Looks how near the mined candidates of training queries come to the positives, as a model sees them.
struct HardnessProbe {
    let train: ExperimentData.Split
    let candidates: NegativeCandidates
    /// How many queries are looked at: every n-th of the training queries.
    var limit = 1000

    /// For each query with positives and candidates the lowest score of its positives minus the highest of its candidates.
    func gaps(_ retriever: any Retriever) throws -> [Double] {
        let stride = max(1, (train.queries.count + limit - 1) / max(limit, 1))
        var gaps: [Double] = []
        for place in Swift.stride(from: 0, to: train.queries.count, by: stride) {
            let query = train.queries[place]
            let positives = train.qrels.relevant(to: query.id)
            let negatives = candidates.documents[query.id] ?? []
            let scores = try retriever.scores(of: positives + negatives, for: query)
            if let lowest = scores.prefix(positives.count).compactMap({ $0 }).min(),
                let highest = scores.dropFirst(positives.count).compactMap({ $0 }).max()
            {
                gaps.append(lowest - highest)
            }
        }
        return gaps
    }

    /// Forty bins that hold the gaps of all systems.
    static func edges(_ gaps: [[Double]]) -> [Double] {
        let all = gaps.joined()
        guard let lowest = all.min(), let highest = all.max() else { return [-1, 1] }
        let step = max(((highest - lowest) / 40 * 100).rounded(.up) / 100, 0.01)
        let first = (lowest / step).rounded(.down)
        let bins = max(1, Int((highest / step).rounded(.down) - first) + 1)
        return (0...bins).map { (first + Double($0)) * step }
    }
}
