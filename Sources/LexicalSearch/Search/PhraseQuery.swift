/// A query's text taken apart: the words that score, and the phrases that every hit must hold.
///
/// A phrase is text between double quotes (U+0022): `"river bank" flood`. Quotes pair up from the front; one that is left over is an
/// ordinary character, as is every other kind of quotation mark.
public struct PhraseQuery: Sendable, Hashable {
    /// The text with a space in the place of each quote of a phrase; the phrases' words score like all others.
    public var text: String
    /// The phrases in their order, without the quotes.
    public var phrases: [String]

    /// A query of its parts.
    public init(text: String, phrases: [String] = []) {
        self.text = text
        self.phrases = phrases
    }

    /// Takes a text with quotes apart.
    public init(parsing text: String) {
        // By Unicode scalars: a quote with a combining mark after it is still a quote to the analyzer.
        let parts = text.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false).map { String($0) }
        var plain = parts[0]
        var phrases: [String] = []
        for (index, part) in parts.enumerated().dropFirst() {
            let isLast = index == parts.count - 1
            // Parts with odd places stand between two quotes, but for one after the quote that is left over.
            plain.unicodeScalars.append(isLast && index % 2 == 1 ? "\"" : " ")
            plain.unicodeScalars.append(contentsOf: part.unicodeScalars)
            if index % 2 == 1, !isLast { phrases.append(part) }
        }
        self.init(text: plain, phrases: phrases)
    }
}
