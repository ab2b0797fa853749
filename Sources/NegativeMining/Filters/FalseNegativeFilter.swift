/// Decides of one candidate whether it may be a negative of a query; filters are asked in turn and the first rejection counts.
///
/// A filter looks at the candidate and the context alone, never at other queries, so that the order of queries doesn't matter.
public protocol FalseNegativeFilter: Sendable {
    /// The name that stands in reports.
    var name: String { get }

    /// Why the candidate is no negative; nil where it may be one.
    func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason?
}
