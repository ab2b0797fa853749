/// How near the mined candidates of the training queries come to the positives, as one model sees them.
///
/// The gap of a query is the lowest score of its positives minus the highest score of its candidates: below 0 a negative looks better than a
/// relevant document.
public struct NegativeHardness: Sendable, Hashable, Codable {
    /// The system whose scores these are.
    public var system: String
    /// The number of training queries.
    public var queries: Int
    /// The mean gap.
    public var meanGap: Double
    /// The share of queries whose gap is below 0.
    public var shareAbove: Double
    /// Ascending ends of the histogram's bins, one more than counts.
    public var edges: [Double]
    /// How many queries' gaps lie in each bin; the last bin holds its upper end.
    public var counts: [Int]

    /// A histogram of gaps with edges that several systems share; gaps beyond an end count in the outer bin.
    public init(system: String, gaps: [Double], edges: [Double]) {
        precondition(edges.count >= 2, "a histogram has at least one bin")
        self.system = system
        self.edges = edges
        queries = gaps.count
        meanGap = Statistics.mean(gaps)
        shareAbove = gaps.isEmpty ? 0 : Double(gaps.count { $0 < 0 }) / Double(gaps.count)
        counts = Array(repeating: 0, count: edges.count - 1)
        for gap in gaps {
            let bin = edges.dropFirst().firstIndex { gap < $0 } ?? edges.count - 1
            counts[min(bin, edges.count - 1) - 1] += 1
        }
    }
}
