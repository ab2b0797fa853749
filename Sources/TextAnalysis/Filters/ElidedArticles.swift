/// Articles and pronouns that lose their vowel before another, by language.
public enum ElidedArticles: String, Sendable, Hashable, Codable, CaseIterable, CustomStringConvertible {
    case french
    case italian
    case catalan

    /// The language.
    public var description: String { rawValue }

    func remove(from term: inout [UInt8]) {}
}
