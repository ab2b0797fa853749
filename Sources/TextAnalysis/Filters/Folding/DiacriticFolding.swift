/// Takes the accents off Latin, Greek and Cyrillic letters: `élève` gives `eleve`, `łódź` gives `lodz`.
///
/// - Latin and Greek letters are decomposed (canonically) and lose every nonspacing mark.
/// - Latin letters without a decomposition: `ł đ ø ħ ı ð` become `l d o h i d`; `æ œ ß þ` become `ae oe ss th`.
/// - A Cyrillic letter keeps the mark that it composes with, which makes it a letter of its own (`й ё ў ї ѓ ќ ӣ ӯ`; for `ё` there is
///   ``RussianFolding``), and loses all others. Only `ѐ` and `ѝ`, vowels under stress, become `е` and `и`.
/// - Marks of other letters (Indic, Arabic, Hebrew, Thai, …) and marks that follow no letter stay.
///
/// Source: Unicode's canonical decompositions and general category Mn, as ICU has them; the list of other letters follows Lucene's
/// ASCIIFoldingFilter.
enum DiacriticFolding {
    private static let others: [Unicode.Scalar: String] = [
        "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ð": "d", "þ": "th", "ħ": "h",
    ]

    static func apply(to term: inout [UInt8]) { MarkRemoval.apply(to: &term, fold) }

    private static func fold(_ letter: Unicode.Scalar) -> [Unicode.Scalar]? {
        switch MarkRemoval.alphabet(letter) {
        case .latin: MarkRemoval.withoutMarks(letter).flatMap { others[$0].map { Array($0.unicodeScalars) } ?? [$0] }
        case .greek: MarkRemoval.withoutMarks(letter)
        case .cyrillic: [RussianFolding.withoutStress(letter)]
        case nil: nil
        }
    }
}
