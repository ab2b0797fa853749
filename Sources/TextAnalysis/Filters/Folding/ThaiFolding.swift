/// Makes the ways of typing Thai and Lao words equal that look the same on the screen.
///
/// - `ำ` (U+0E33) becomes `ํ` and `า`, as in NFKC; `เเ` becomes `แ`.
/// - Marks over and under a consonant stand in one order, whatever was typed first: below-base vowels, above-base vowels, tone marks,
///   thanthakhat, nikhahit, yamakkan. The `า` of a `ำ` belongs to them and comes last, so a tone mark typed behind it comes before.
/// - A mark that stands twice on its consonant counts once.
///
/// The same holds for Lao, 0x80 higher. NFKC_Casefold decomposes `ำ` but sorts only tone marks and below-base vowels: nikhahit and the
/// vowels above have combining class 0, so `น้ำ`, `น` `ํ` `้` `า` and `น` `ำ` `้` stay three words, and `เเ` and `แ` two.
/// Source: the order of WTT 2.0 (TIS 620-2533), which keyboards enforce in part, with nikhahit last as NFKC leaves it in `้ำ`.
enum ThaiFolding {
    static func apply(to term: inout [UInt8]) {
        // Thai and Lao are E0 B8 to E0 BB in UTF-8.
        guard term.contains(0xE0) else { return }
        var result: [Unicode.Scalar] = []
        var marks: [Unicode.Scalar] = []
        for scalar in expanded(UTF8Scalars.decode(term)) {
            if rank(scalar) != nil || (kind(scalar) == .aa && belongs(to: marks)) {
                marks.append(scalar)
            } else {
                result += ordered(marks)
                marks.removeAll(keepingCapacity: true)
                result.append(scalar)
            }
        }
        UTF8Scalars.encode(result + ordered(marks), to: &term)
    }

    private enum Kind: UInt32 {
        case aa = 0xE32
        case am = 0xE33
        case e = 0xE40
        case ae = 0xE41
        case nikhahit = 0xE4D
    }

    /// The Thai code point of a Thai or Lao one; the two blocks run in parallel.
    private static func thai(_ scalar: Unicode.Scalar) -> UInt32? {
        (0xE00...0xEFF).contains(scalar.value) ? scalar.value & ~0x80 : nil
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind? { thai(scalar).flatMap(Kind.init) }

    private static func make(_ kind: Kind, like scalar: Unicode.Scalar) -> Unicode.Scalar {
        Unicode.Scalar(kind.rawValue | scalar.value & 0x80) ?? scalar
    }

    private static func expanded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in scalars {
            switch kind(scalar) {
            case .am: result += [make(.nikhahit, like: scalar), make(.aa, like: scalar)]
            case .e where result.last == scalar: result[result.count - 1] = make(.ae, like: scalar)
            default: result.append(scalar)
            }
        }
        return result
    }

    /// Whether an `า` behind these marks is that of a `ำ`, which has not come yet.
    private static func belongs(to marks: [Unicode.Scalar]) -> Bool {
        marks.contains { kind($0) == .nikhahit } && !marks.contains { kind($0) == .aa }
    }

    /// The place of a mark on its consonant; nil for what is not a mark.
    private static func rank(_ scalar: Unicode.Scalar) -> Int? {
        guard let thai = thai(scalar) else { return nil }
        switch thai {
        case 0xE38, 0xE39, 0xE3A, 0xE3C: return 0
        case 0xE31, 0xE34...0xE37, 0xE3B, 0xE47: return 1
        case 0xE48...0xE4B: return 2
        case 0xE4C: return 3
        case 0xE4D: return 4
        case 0xE4E: return 5
        default: return nil
        }
    }

    private static func ordered(_ marks: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for rank in [0, 1, 2, 3, 4, 5, nil] {
            for mark in marks where self.rank(mark) == rank && !result.contains(mark) { result.append(mark) }
        }
        return result
    }
}
