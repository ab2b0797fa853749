import RetrievalData

/// What a reviewer asked for and cannot have.
public enum ReviewError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such question.
    case unknownQuestion(query: QueryID, document: DocumentID)
    /// The reviewer has no answer that could be taken back.
    case nothingToUndo(reviewer: String)
    /// The reviewer's name cannot be used.
    case badReviewer(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unknownQuestion(let query, let document):
            "query \(JSONText.quoted(query)) with document \(JSONText.quoted(document)) is no question of this review; ask for the state again"
        case .nothingToUndo(let reviewer):
            "\(reviewer) has no answer to take back"
        case .badReviewer(let name):
            "\(JSONText.quoted(name)) is no reviewer's name; \(ReviewerName.rule)"
        }
    }
}
