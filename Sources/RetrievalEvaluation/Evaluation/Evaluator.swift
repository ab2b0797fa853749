import RetrievalData

/// Measures runs against relevance judgements, with trec_eval's semantics.
///
/// - A ranking is ordered by score descending, then id descending by bytes, whatever order it is given in; rank columns do not matter.
/// - Documents that nobody judged are not relevant. Grades below 0 are judged, not relevant, and gain nothing.
/// - Means go over all queries of the qrels (trec_eval's `-c`): one that the run lacks counts 0 and is reported. A query of the qrels
///   without a relevant document counts too, with the value 0, as in trec_eval 9.0.4 (which skips none). Queries of the run that the qrels
///   lack are ignored and reported.
/// - Where a query's grades are all negative, trec_eval 9.0.4 reads a stale count of grades; here nDCG is 0.
///
/// The article Measures has the formulas, and all of this at length.
public struct Evaluator: Sendable {
    /// The judgements.
    public let qrels: Qrels
    /// What is measured, in the order of reports.
    public let measures: [Measure]
    /// Queries, exclusions and ties.
    public let options: EvaluationOptions

    /// An evaluator for any number of runs.
    public init(qrels: Qrels, measures: [Measure], options: EvaluationOptions = .init()) {
        self.qrels = qrels
        self.measures = measures
        self.options = options
    }

    /// Measures a whole run.
    ///
    /// Complexity: O(documents), or O(documents log documents) for rankings that are not in order.
    public func evaluate(_ run: Run) throws -> Evaluation {
        var session = try session(named: run.name)
        for ranking in run.rankings { try session.add(ranking) }
        return session.finish()
    }

    /// Starts measuring a run whose rankings come one by one, so that a run larger than memory can be measured.
    public func session(named name: String) throws -> EvaluationSession {
        if measures.isEmpty { throw EvaluationError.noMeasures }
        return EvaluationSession(name: name, evaluator: self)
    }
}
