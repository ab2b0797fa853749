/// Articles and pronouns that lose their vowel before another, by language.
public enum ElidedArticles: String, Sendable, Hashable, Codable, CaseIterable, CustomStringConvertible {
    case french
    case italian
    case catalan

    /// The language.
    public var description: String { rawValue }

    /// What stands before the apostrophe.
    var articles: Set<[UInt8]> {
        switch self {
        case .french: Elision.french
        case .italian: Elision.italian
        case .catalan: Elision.catalan
        }
    }
}
