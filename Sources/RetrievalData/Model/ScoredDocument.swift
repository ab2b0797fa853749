/// A document id with the score a retriever gave it.
public struct ScoredDocument: Sendable, Hashable {
    /// The user's name of the document.
    public var id: DocumentID
    /// Higher is better; finite.
    public var score: Double

    /// A document id with its score.
    public init(id: DocumentID, score: Double) {
        self.id = id
        self.score = score
    }

    /// Whether `self` stands before `other` in a ranking: score descending, then id descending in byte order, as trec_eval does.
    ///
    /// This is the one total order of the toolkit; every ranking, fusion and merge uses it.
    public func precedes(_ other: ScoredDocument) -> Bool {
        if score != other.score { return score > other.score }
        return other.id.utf8.lexicographicallyPrecedes(id.utf8)
    }
}
