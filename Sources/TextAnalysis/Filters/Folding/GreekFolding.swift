/// Takes the accents off Greek letters and makes final sigma an ordinary one: `δρόμος` gives `δρομοσ`.
///
/// Greek letters are decomposed (canonically) and lose every nonspacing mark: tonos, dialytika, breathings, circumflex, iota subscript.
/// `ς` becomes `σ`, which case folding has already done where it was on.
/// Source: Lucene's GreekLowerCaseFilter for the monotonic letters; Unicode's decompositions for the polytonic ones.
enum GreekFolding {
    static func apply(to term: inout [UInt8]) {
        MarkRemoval.apply(to: &term) { letter in
            guard MarkRemoval.alphabet(letter) == .greek else { return nil }
            return letter == "ς" ? ["σ"] : MarkRemoval.withoutMarks(letter)
        }
    }
}
