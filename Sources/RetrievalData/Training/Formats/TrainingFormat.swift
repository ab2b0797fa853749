/// The formats of files of training examples, named after the program or the shape they are for.
///
/// All but `dpr` are JSON Lines. In every format the passages of a query stand in the order of its group: positives, then negatives,
/// hardest first. The same group gives the same bytes.
public enum TrainingFormat: String, CaseIterable, Sendable, Hashable, Codable {
    /// One line for each positive and negative: `{"anchor", "positive", "negative"}`, as sentence-transformers reads it.
    case triplet
    /// One line for each positive: `{"anchor", "positive", "negative_1", …, "negative_n"}`, as sentence-transformers reads it.
    case nTuple = "n-tuple"
    /// One line for each passage: `{"anchor", "passage", "label"}`, as sentence-transformers reads it.
    case labeledPair = "labeled-pair"
    /// One line for each query: `{"anchor", "passages", "labels"}`, as sentence-transformers' cross-encoders read it.
    case labeledList = "labeled-list"
    /// One line for each query, as Tevatron reads it.
    case tevatron
    /// One line for each query, as FlagEmbedding reads it.
    case flagEmbedding = "flagembedding"
    /// One array of an object for each query, as DPR reads it.
    case dpr
    /// One line for each query: `{"query_id", "positive_ids", "negative_ids"}`.
    case ids

    /// Whether the rows hold the texts of documents.
    public var holdsText: Bool { self != .ids }

    /// What stands before the first row of a file.
    public var opening: String { self == .dpr ? "[\n" : "" }
    /// What stands between the rows of two queries.
    public var separator: String { self == .dpr ? ",\n" : "" }
    /// What stands after the last row of a file.
    public var closing: String { self == .dpr ? "\n]\n" : "" }

    /// The rows of one query, in JSON Lines each with its line end; empty where the query has no negatives.
    ///
    /// With scores each passage has the retriever's score beside. A row one of whose passages has no score has none at all, but for
    /// formats that write the scores of single passages (`labeledPair`, `tevatron`, `dpr`).
    public func rows(of group: PassageGroup, withScores: Bool = false) -> String {
        guard !group.negatives.isEmpty else { return "" }
        return switch self {
        case .triplet: group.tripletRows(withScores)
        case .nTuple: group.nTupleRows(withScores)
        case .labeledPair: group.labeledPairRows(withScores)
        case .labeledList: group.labeledListRow(withScores)
        case .tevatron: group.tevatronRow(withScores)
        case .flagEmbedding: group.flagEmbeddingRow(withScores)
        case .dpr: group.dprRow(withScores)
        case .ids: group.idRow(withScores)
        }
    }
}
