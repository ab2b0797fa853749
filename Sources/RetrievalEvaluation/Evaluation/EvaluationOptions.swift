/// How runs are evaluated.
public struct EvaluationOptions: Sendable, Hashable, Codable {
    /// Over which queries means are taken.
    public enum QuerySet: String, Sendable, Hashable, Codable, CaseIterable {
        /// All queries of the qrels; one that the run lacks counts 0 (trec_eval's `-c`).
        case complete
        /// Only queries that are in the qrels and in the run (trec_eval without `-c`).
        case intersect
    }

    /// The precision in which scores are compared.
    public enum ScorePrecision: String, Sendable, Hashable, Codable, CaseIterable {
        /// As written: two scores tie only where they are the same 64-bit number.
        case double
        /// As trec_eval 9.0.4 holds them: scores that round to the same 32-bit number tie.
        case single
    }

    /// Over which queries means are taken.
    public var queries: QuerySet
    /// Whether a document whose id equals the query's is taken out of the ranking, as BEIR does where queries are documents.
    ///
    /// The qrels stay as they are.
    public var excludeQueryID: Bool
    /// The precision in which scores are compared.
    public var scorePrecision: ScorePrecision

    /// Options; the defaults give trec_eval's numbers with `-c`.
    public init(
        queries: QuerySet = .complete, excludeQueryID: Bool = false, scorePrecision: ScorePrecision = .double
    ) {
        self.queries = queries
        self.excludeQueryID = excludeQueryID
        self.scorePrecision = scorePrecision
    }
}
