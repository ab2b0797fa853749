/// What a person says of a suspected negative.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Truly wrong: it doesn't answer the query, and may be trained on as a negative.
    case wrong
    /// It answers the query: a false negative.
    case relevant
    /// The person can't tell.
    case unsure
}
