/// Removes the conjunctions `و` and `ف` (and, so) before the article: `والكتاب` gives `الكتاب`.
///
/// For tokens after ``ArabicFolding`` and before Snowball's stemmer, which removes the article but not the two together. At least two letters
/// must follow the article. Source: a part of the prefixes of Larkey, Ballesteros and Connell, "Light Stemming for Arabic", 2007.
enum ArabicConjunction {
    static func apply(to term: inout [UInt8]) {
        let scalars = UTF8Scalars.decode(term)
        guard scalars.count >= 5, scalars[0] == "و" || scalars[0] == "ف", scalars[1] == "ا", scalars[2] == "ل" else {
            return
        }
        UTF8Scalars.encode(scalars.dropFirst(), to: &term)
    }
}
