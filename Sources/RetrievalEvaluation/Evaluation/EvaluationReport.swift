import RetrievalData

/// The machine-readable result of `evaluate`: one entry per run, and comparisons of them.
public struct EvaluationReport: Sendable, Hashable, Codable {
    /// Where the judgements came from, as the user named it.
    public var qrels: String
    /// One entry per run, in the order given.
    public var runs: [RunResult]
    /// The comparisons; empty where none are asked for.
    public var comparisons: [Comparison]
    /// What nobody judged; nil unless asked for.
    public var unjudged: UnjudgedReport?
    /// How the runs were evaluated.
    public var options: EvaluationOptions

    /// One run's figures.
    public struct RunResult: Sendable, Hashable, Codable {
        /// The name of the run.
        public var name: String
        /// Which queries were judged, retrieved, missing and extra.
        public var queries: Coverage
        /// The means by measure.
        public var measures: [String: Double]
        /// The values by query and measure; nil unless asked for.
        public var byQuery: [QueryID: [String: Double]]?
    }

    /// A report of evaluations.
    public init(
        qrels: String, evaluations: [Evaluation], comparisons: [Comparison] = [], unjudged: UnjudgedReport? = nil,
        options: EvaluationOptions = .init(), byQuery: Bool = false
    ) {
        self.qrels = qrels
        self.comparisons = comparisons
        self.unjudged = unjudged
        self.options = options
        runs = evaluations.map { evaluation in
            RunResult(
                name: evaluation.name, queries: evaluation.coverage, measures: evaluation.means,
                byQuery: byQuery ? Self.byQuery(evaluation) : nil)
        }
    }

    private static func byQuery(_ evaluation: Evaluation) -> [QueryID: [String: Double]] {
        let names = evaluation.measures.map(\.description)
        var table: [QueryID: [String: Double]] = [:]
        for (place, query) in evaluation.queryIDs.enumerated() {
            table[query] = Dictionary(
                zip(names, evaluation.values.map { $0[place] }), uniquingKeysWith: { first, _ in first })
        }
        return table
    }
}
