/// Rules that replace characters of one token, so that spellings of one word become one term.
///
/// Each takes no options; its name is the name in an analyzer's JSON.
public enum Folding: String, Sendable, Hashable, Codable, CaseIterable {
    /// Unicode's NFKC_Casefold (UAX #44): compatibility forms, case and invisible characters no longer differ.
    case nfkcCasefold
    /// A final `'s` or `’s` is removed, as Lucene's EnglishPossessiveFilter does.
    case possessive

    /// What the rule does to a token of well-formed UTF-8.
    func makeFunction() throws -> (inout [UInt8]) -> Void {
        switch self {
        case .nfkcCasefold: CaseFolding.apply
        case .possessive: Possessive.apply
        }
    }
}
