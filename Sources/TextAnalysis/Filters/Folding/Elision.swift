/// Removes elided articles and pronouns from the beginning of a token: `l'avion` gives `avion`.
///
/// An article is what stands before the first apostrophe (``Apostrophe``), compared after case folding. Several are removed one after
/// the other (`j't'aime` gives `aime`). The last one stays where nothing would be left. Apostrophes that stay become `'`: `aujourd’hui` is
/// `aujourd'hui`.
/// Source: Lucene's ElisionFilter, which removes one and knows one apostrophe a word, and the lists of its French, Italian and Catalan
/// analyzers; Italian with the elided forms of other stop words (`quest'`, `com'`).
enum Elision {
    static let french = articles("l d j m t s n c qu jusqu quoiqu lorsqu puisqu")
    static let italian = articles(
        "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d quest quell com dov anch")
    static let catalan = articles("d l m n s t")

    static func apply(to term: inout [UInt8], articles: Set<[UInt8]>) {
        while let mark = Apostrophe.first(in: term), mark.upperBound < term.count,
            articles.contains(Array(term[..<mark.lowerBound]))
        {
            term.removeSubrange(..<mark.upperBound)
        }
        Apostrophe.unify(&term)
    }

    private static func articles(_ words: String) -> Set<[UInt8]> {
        Set(words.split(separator: " ").map { Array($0.utf8) })
    }
}
