/// What a text is to an encoder that tells queries from documents.
public enum TextRole: String, Sendable, Hashable, CaseIterable {
    /// A text that asks.
    case query
    /// A text that is found.
    case document
}
