/// How many candidates of each outcome fall into bins of equal width; a value on an edge belongs to the bin above.
public struct OutcomeHistogram: Sendable, Hashable, Codable {
    /// The ends of the bins, ascending; one more than there are bins.
    ///
    /// The first and the last bin hold what lies beyond, too.
    public var edges: [Double]
    /// The positives; nil where the value says nothing about them.
    public var positives: [Int]?
    /// The negatives.
    public var kept: [Int]
    /// The candidates that filters or the window rejected.
    public var rejected: [Int]
    /// The candidates that passed all filters and were not needed.
    public var unused: [Int]

    init(scale: HistogramScale, positives: [Int]? = nil, counts: [[Int]]) {
        edges = scale.edges
        self.positives = positives
        kept = counts[CandidateOutcome.kept.rawValue]
        rejected = counts[CandidateOutcome.rejected.rawValue]
        unused = counts[CandidateOutcome.unused.rawValue]
    }
}

/// Counts values of candidates on a scale that is known before.
struct OutcomeCounts {
    private let scale: HistogramScale
    private var counts: [[Int]]
    private var isEmpty = true

    init(scale: HistogramScale) {
        self.scale = scale
        counts = CandidateOutcome.allCases.map { _ in Array(repeating: 0, count: scale.count) }
    }

    mutating func add(_ value: Double, _ outcome: CandidateOutcome) {
        counts[outcome.rawValue][scale.bin(of: value)] += 1
        isEmpty = false
    }

    /// The counts; nil where there are none.
    var histogram: OutcomeHistogram? { isEmpty ? nil : OutcomeHistogram(scale: scale, counts: counts) }
}
