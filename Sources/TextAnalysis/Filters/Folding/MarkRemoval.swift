import CICU

/// Takes the nonspacing marks (general category Mn) off letters: what the foldings of accents have in common.
enum MarkRemoval {
    /// Replaces letters and drops the marks behind them.
    ///
    /// `fold` gives what a letter becomes; nil for one that stays with its marks. A mark first composes with its letter where the two
    /// have a composition, as in Unicode's NFC, so that `fold` sees the whole letter in both of its spellings.
    static func apply(to term: inout [UInt8], _ fold: (Unicode.Scalar) -> [Unicode.Scalar]?) {
        guard !UTF8Scalars.isASCII(term) else { return }
        var result: [Unicode.Scalar] = []
        var letter: (scalar: Unicode.Scalar, place: Int)?
        for scalar in UTF8Scalars.decode(term) {
            if isMark(scalar) {
                guard let (base, place) = letter else {
                    result.append(scalar)
                    continue
                }
                if let composite = compose(base, scalar), let folded = fold(composite) {
                    result.replaceSubrange(place..., with: folded)
                    letter = (composite, place)
                }
            } else if let folded = fold(scalar) {
                letter = (scalar, result.count)
                result += folded
            } else {
                letter = nil
                result.append(scalar)
            }
        }
        UTF8Scalars.encode(result, to: &term)
    }

    /// The canonical decomposition of a letter without its nonspacing marks.
    static func withoutMarks(_ letter: Unicode.Scalar) -> [Unicode.Scalar] {
        guard letter.value >= 0xC0 else { return [letter] }
        let parts = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 32) { buffer in
            let count = Int(cicu_decompose(letter.value, buffer.baseAddress, Int32(buffer.count)))
            return buffer[..<count].compactMap(Unicode.Scalar.init)
        }
        return parts.isEmpty ? [letter] : parts.filter { !isMark($0) }
    }

    /// Latin, Greek, Cyrillic or another alphabet.
    static func alphabet(_ scalar: Unicode.Scalar) -> Alphabet? { Alphabet(rawValue: cicu_alphabet(scalar.value)) }

    /// The alphabets whose marks are accents.
    enum Alphabet: Int32 {
        case latin = 1
        case greek, cyrillic
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { cicu_general_category(scalar.value) == 6 }

    private static func compose(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        let composite = cicu_compose(letter.value, mark.value)
        return composite == 0 ? nil : Unicode.Scalar(composite)
    }
}
