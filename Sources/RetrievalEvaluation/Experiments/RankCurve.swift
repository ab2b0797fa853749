/// How far down a system's relevant documents stand: recall by depth, and precision by recall.
public struct RankCurve: Sendable, Hashable, Codable {
    /// The system's name.
    public var system: String
    /// The depths at which recall is given, ascending.
    public var depths: [Int]
    /// Recall at each depth, the mean over queries and seeds.
    public var recall: [Double]
    /// Interpolated precision at recall 0, 0.1, … 1, the mean over queries and seeds (trec_eval's `iprec_at_recall`).
    public var precision: [Double]

    /// A curve from its parts; `recall` has a value for each depth, `precision` eleven.
    public init(system: String, depths: [Int], recall: [Double], precision: [Double]) {
        self.system = system
        self.depths = depths
        self.recall = recall
        self.precision = precision
    }
}
