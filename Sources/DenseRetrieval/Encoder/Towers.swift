/// Whether queries and documents are encoded by one table or by one each.
public enum Towers: String, Sendable, Hashable, Codable, CaseIterable {
    /// One table for both.
    case shared
    /// A table for queries and a table for documents.
    case separate
}
