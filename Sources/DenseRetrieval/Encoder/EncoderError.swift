/// Why an encoder cannot be made from its parts.
public enum EncoderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The table has fewer rows than the vocabulary has tokens.
    case tableTooSmall(rows: Int, vocabulary: Int)
    /// Vectors of length 0 were asked for.
    case noDimensions
    /// The idf statistics were counted with another vocabulary.
    case statisticsOfAnotherVocabulary(size: Int, vocabulary: Int)
    /// Two towers have vectors of different lengths.
    case towersDiffer(query: Int, document: Int)

    /// One tower is a table and the other a transformer.
    case towersOfTwoKinds
    /// What was asked for is done to tables alone.
    case notATable(String)
    /// Texts cannot be cut to so many tokens.
    case longestSequence(allowed: ClosedRange<Int>)
    /// Vectors of words have more dimensions than the encoder shall have.
    case fewerDimensions(dimension: Int, vectors: Int)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .tableTooSmall(let rows, let vocabulary):
            "the table has \(rows) rows for a vocabulary of \(vocabulary) tokens; use the tokenizer the table was made with"
        case .noDimensions: "vectors need at least one dimension; set dimension to 1 or more"
        case .statisticsOfAnotherVocabulary(let size, let vocabulary):
            "the statistics count \(size) tokens and the vocabulary has \(vocabulary); count with the same tokenizer"
        case .fewerDimensions(let dimension, let vectors):
            "the vectors of words have \(vectors) dimensions and the encoder \(dimension); give it as many or more"
        case .towersOfTwoKinds: "one tower is a table and the other a transformer; both must be of one kind"
        case .longestSequence(let allowed):
            "texts can be cut to \(allowed.lowerBound) to \(allowed.upperBound) tokens, special ones included"
        case .notATable(let what): "\(what) is for an encoder that is a table; this one is a transformer"
        case .towersDiffer(let query, let document):
            "the query tower has \(query) dimensions and the document tower \(document); they must have the same"
        }
    }
}
