import RetrievalData

/// What a filter's rejection rests on: the number that it compared, and with what.
public struct RejectionEvidence: Sendable, Hashable, Codable {
    /// The candidate's number: its score, a teacher's score, a similarity, a probability; nil where the filter compares none.
    public var value: Double?
    /// The limit that it passed or failed to reach.
    public var limit: Double?
    /// The positive or the better candidate that it repeats; nil where none is the cause.
    public var document: DocumentID?

    /// Evidence from its parts; what is no finite number is left out.
    public init(value: Double? = nil, limit: Double? = nil, document: DocumentID? = nil) {
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
        self.limit = limit.flatMap { $0.isFinite ? $0 : nil }
        self.document = document
    }
}
