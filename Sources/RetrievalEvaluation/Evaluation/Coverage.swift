import RetrievalData

/// Which queries an evaluation rests on.
public struct Coverage: Sendable, Hashable, Codable {
    /// Queries in the qrels.
    public var judged: Int
    /// Queries in the qrels for which the run has at least one document.
    public var retrieved: Int
    /// Queries in the qrels for which the run has none; they count 0 unless the options say intersect.
    public var missing: Int
    /// Queries in the run that the qrels lack; they are ignored.
    public var extra: Int
    /// Queries in the qrels without any document of grade 1 or more; as in trec_eval they count, with the value 0.
    public var withoutRelevant: Int
    /// The missing queries in the order of the qrels.
    public var missingQueryIDs: [QueryID]
    /// The extra queries in the order of the run.
    public var extraQueryIDs: [QueryID]

    /// One line for a person: `300 judged queries, 298 retrieved, 2 missing (count 0), 1 extra (ignored)`.
    public func summary(_ queries: EvaluationOptions.QuerySet = .complete) -> String {
        var parts = ["\(judged) judged queries", "\(retrieved) retrieved"]
        if missing > 0 { parts.append("\(missing) missing (\(queries == .complete ? "count 0" : "left out"))") }
        if extra > 0 { parts.append("\(extra) extra (ignored)") }
        if withoutRelevant > 0 { parts.append("\(withoutRelevant) without a relevant document (count 0)") }
        return parts.joined(separator: ", ")
    }
}
