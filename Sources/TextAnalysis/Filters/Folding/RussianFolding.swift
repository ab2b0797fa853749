/// Makes `ё` and `е` equal, which Russian print does not distinguish, and takes off stress marks: `ёлка` gives `елка`, `Росси́я` `Россия`.
///
/// `ё` becomes `е`; `ѐ` and `ѝ` become `е` and `и`; nonspacing marks behind Cyrillic letters go unless they compose with theirs, so `й`
/// stays.
/// Source: Russian orthography, where `ё` is optional outside of primers; encyclopedias write headwords with stress marks.
enum RussianFolding {
    static func apply(to term: inout [UInt8]) {
        MarkRemoval.apply(to: &term) { letter in
            guard MarkRemoval.alphabet(letter) == .cyrillic else { return nil }
            return [letter == "ё" ? "е" : withoutStress(letter)]
        }
    }

    /// The two letters whose mark is a stress mark, without it; others as they are.
    static func withoutStress(_ letter: Unicode.Scalar) -> Unicode.Scalar {
        switch letter {
        case "\u{450}": "\u{435}"
        case "\u{45D}": "\u{438}"
        default: letter
        }
    }
}
