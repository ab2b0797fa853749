/// One query: an id and what was asked.
public struct Query: Sendable, Hashable {
    /// The user's name of the query.
    public var id: QueryID
    /// What was asked.
    public var text: String
    /// Everything else the source says of the query, as one JSON object; nil where it says nothing.
    public var metadata: String?

    /// A query from its parts.
    public init(id: QueryID, text: String, metadata: String? = nil) {
        self.id = id
        self.text = text
        self.metadata = metadata
    }
}
