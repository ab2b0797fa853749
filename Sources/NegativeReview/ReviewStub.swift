import RetrievalData
public enum ReviewError: Error { case unknownQuestion(query: QueryID, document: DocumentID), nothingToUndo(reviewer: String), badReviewer(String) }
public final class ReviewSession: Sendable {
    public func state(of reviewer: String) throws -> ReviewState { throw ReviewError.badReviewer("") }
    public func answer(_ verdict: Verdict, query: QueryID, document: DocumentID, by reviewer: String) throws -> ReviewState { throw ReviewError.badReviewer("") }
    public func undo(by reviewer: String) throws -> ReviewState { throw ReviewError.badReviewer("") }
}
