import CICU

/// A set of characters as a bracket expression or an escape of a pattern names it.
struct PatternClass: Sendable {
    /// One member of the set.
    enum Item: Sendable {
        case range(ClosedRange<UInt32>)
        /// General categories, as bits of ICU's numbers.
        case categories(UInt32, negated: Bool)
        case whitespace(negated: Bool)
    }

    private let items: [Item]
    private let negated: Bool
    private let low: UInt64
    private let high: UInt64

    init(_ items: [Item], negated: Bool = false) {
        self.items = items
        self.negated = negated
        var bits: [UInt64] = [0, 0]
        for c in UInt32(0)..<128 where Self.contains(items, c) != negated {
            bits[Int(c >> 6)] |= 1 << UInt64(c & 63)
        }
        (low, high) = (bits[0], bits[1])
    }

    /// A character alone.
    init(_ character: UInt32, ignoringCase: Bool = false) {
        var items: [Item] = [.range(character...character)]
        if ignoringCase, character < 0x80, Unicode.Scalar(UInt8(character)).properties.isAlphabetic {
            items = [.range((character | 0x20)...(character | 0x20)), .range((character & 0x5F)...(character & 0x5F))]
            if character | 0x20 == 0x73 { items.append(.range(0x17F...0x17F)) }
            if character | 0x20 == 0x6B { items.append(.range(0x212A...0x212A)) }
        }
        self.init(items)
    }

    /// The bits of a general category or a group of them, such as `Lu` or `L`; nil for another name.
    static func categories(_ name: String) -> UInt32? {
        let groups: [String: ClosedRange<UInt32>] = [
            "L": 1...5, "M": 6...8, "N": 9...11, "Z": 12...14, "C": 15...18, "S": 24...27,
        ]
        let names: [String: UInt32] = [
            "Lu": 1, "Ll": 2, "Lt": 3, "Lm": 4, "Lo": 5, "Mn": 6, "Me": 7, "Mc": 8, "Nd": 9, "Nl": 10, "No": 11,
        ]
        if name == "P" { return 0b11_0000_1111_1000_0000_0000_0000_0000 }
        if let group = groups[name] { return group.reduce(0) { $0 | 1 << $1 } }
        return names[name].map { 1 << $0 }
    }

    @inline(__always) func contains(_ c: UInt32) -> Bool {
        if c < 64 { return low >> UInt64(c) & 1 != 0 }
        if c < 128 { return high >> UInt64(c & 63) & 1 != 0 }
        return Self.contains(items, c) != negated
    }

    private static func contains(_ items: [Item], _ c: UInt32) -> Bool {
        for item in items {
            switch item {
            case .range(let range): if range.contains(c) { return true }
            case .categories(let bits, let negated):
                if (bits >> UInt32(truncatingIfNeeded: UnicodeCharacter.category(c)) & 1 != 0) != negated {
                    return true
                }
            case .whitespace(let negated): if (cicu_is_white_space(c) != 0) != negated { return true }
            }
        }
        return false
    }
}
