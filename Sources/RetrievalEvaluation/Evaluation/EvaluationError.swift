import RetrievalData

/// Why a run could not be evaluated.
public enum EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A score is not a number.
    case scoreIsNaN(run: String, query: QueryID, document: DocumentID)
    /// A document stands twice in one ranking.
    case duplicateDocument(run: String, query: QueryID, document: DocumentID)
    /// A query has two rankings in one run.
    case duplicateQuery(run: String, query: QueryID)
    /// There is nothing to measure with.
    case noMeasures
    /// Two evaluations cannot be compared because they differ in queries or measures.
    case notComparable(one: String, other: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .scoreIsNaN(let run, let query, let document):
            "run \(run), query \(query), document \(document): the score is not a number; mend the program that wrote the run"
        case .duplicateDocument(let run, let query, let document):
            "run \(run), query \(query): document \(document) is ranked twice; keep one line per query and document"
        case .duplicateQuery(let run, let query):
            "run \(run): query \(query) has two rankings; put all its documents into one"
        case .noMeasures: "no measure is given; name at least one, such as nDCG@10"
        case .notComparable(let one, let other, let reason):
            "\(one) and \(other) cannot be compared: \(reason); evaluate both with the same qrels, measures and options"
        }
    }
}
