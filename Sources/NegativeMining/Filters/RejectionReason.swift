/// Why a candidate did not become a negative.
///
/// The set is open: a filter of one's own brings its own reason.
public struct RejectionReason: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The name that stands in reports.
    public let rawValue: String

    /// A reason of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name.
    public var description: String { rawValue }

    /// It is one of the query's positives.
    public static let positive = RejectionReason(rawValue: "positive")
    /// It does not belong to the documents that may be negatives.
    public static let notInPool = RejectionReason(rawValue: "notInPool")
    /// It is ranked above the window.
    public static let belowRangeMin = RejectionReason(rawValue: "belowRangeMin")
    /// The document store has no text for it.
    public static let missingDocument = RejectionReason(rawValue: "missingDocument")
    /// Its text equals that of a positive.
    public static let duplicateOfPositive = RejectionReason(rawValue: "duplicateOfPositive")
    /// Its score is too near that of the lowest positive, relative to it.
    public static let relativeMargin = RejectionReason(rawValue: "relativeMargin")
    /// Its score is too near that of the lowest positive.
    public static let absoluteMargin = RejectionReason(rawValue: "absoluteMargin")
    /// Its score is above the limit.
    public static let maxScore = RejectionReason(rawValue: "maxScore")
    /// Its score is below the limit.
    public static let minScore = RejectionReason(rawValue: "minScore")
    /// Its text equals that of a better candidate that passed all filters.
    public static let duplicateOfNegative = RejectionReason(rawValue: "duplicateOfNegative")
    /// Most of its shingles are those of a positive.
    public static let nearDuplicateOfPositive = RejectionReason(rawValue: "nearDuplicateOfPositive")
    /// Most of its shingles are those of a better candidate that passed all filters.
    public static let nearDuplicateOfNegative = RejectionReason(rawValue: "nearDuplicateOfNegative")
    /// It is the document that the query was made of.
    public static let queryIsDocument = RejectionReason(rawValue: "queryIsDocument")
    /// People judged it relevant.
    public static let judgedRelevant = RejectionReason(rawValue: "judgedRelevant")
    /// It is of the same source as a positive.
    public static let sameGroup = RejectionReason(rawValue: "sameGroup")
    /// It holds an answer of the query.
    public static let answer = RejectionReason(rawValue: "answer")
    /// A second retriever ranks it above the positive, or too near to it.
    public static let teacher = RejectionReason(rawValue: "teacher")
    /// Another source of the mixture has given the query this document.
    public static let otherSource = RejectionReason(rawValue: "otherSource")
    /// It passed all filters, and too few did.
    public static let tooFew = RejectionReason(rawValue: "tooFew")
    /// It passed all filters and was not drawn.
    public static let notSampled = RejectionReason(rawValue: "notSampled")
    /// It passed all filters and better ones filled the number wanted.
    public static let surplus = RejectionReason(rawValue: "surplus")
}
