import CICU

/// Puts the tone mark of a Vietnamese syllable on one of the two vowels where writers differ: `hoà` becomes `hòa`, `thuý` becomes `thúy`.
///
/// A syllable that ends in `oa`, `oe` or `uy` has its mark on the first vowel (the older style, as most keyboards write) or on the second (the style of
/// schools). `uy` after `q` is no such pair: there the `u` belongs to the consonant. Other syllables have one place for the mark.
enum VietnameseFolding {
    /// Grave, acute, tilde, hook above, dot below.
    private static let tones: Set<UInt32> = [0x300, 0x301, 0x303, 0x309, 0x323]

    static func apply(to term: inout [UInt8]) {
        guard !UTF8Scalars.isASCII(term) else { return }
        let scalars = UTF8Scalars.decode(term)
        guard scalars.count >= 2, let last = scalars.last, let split = split(last) else { return }
        let first = scalars[scalars.count - 2]
        let before = scalars.count >= 3 ? scalars[scalars.count - 3] : " "
        let isPair =
            switch (first, split.vowel) {
            case ("o", "a"), ("o", "e"): true
            case ("u", "y"): before != "q"
            default: false
            }
        guard isPair, let marked = Unicode.Scalar(cicu_compose(first.value, split.tone)), marked.value != 0 else {
            return
        }
        UTF8Scalars.encode(scalars.dropLast(2) + [marked, split.vowel], to: &term)
    }

    /// A composed vowel as its letter and its tone; nil where it is not just these two.
    private static func split(_ scalar: Unicode.Scalar) -> (vowel: Unicode.Scalar, tone: UInt32)? {
        guard scalar.value >= 0xC0 else { return nil }
        var parts: [UInt32] = [0, 0, 0]
        guard cicu_decompose(scalar.value, &parts, 3) == 2, tones.contains(parts[1]),
            let vowel = Unicode.Scalar(parts[0])
        else { return nil }
        return (vowel, parts[1])
    }
}
