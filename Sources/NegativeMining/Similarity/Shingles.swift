import RetrievalData

/// The set of a text's shingles as 64-bit hashes, the same in every process; case and the width of white space don't count.
struct Shingles: Sendable, Hashable {
    /// The hashes, ascending, each once.
    let hashes: [UInt64]

    /// The shingles of a text.
    ///
    /// Complexity: O(length of the text), and sorting.
    init(_ text: String, _ shingling: Shingling) {
        let lowered = text.lowercased()
        let units = shingling.unit == .words ? Self.words(lowered) : Self.characters(lowered)
        var sorted = Self.runs(of: units, length: max(shingling.length, 1)).sorted()
        var kept = 0
        for place in sorted.indices where place == 0 || sorted[place] != sorted[kept - 1] {
            sorted[kept] = sorted[place]
            kept += 1
        }
        sorted.removeLast(sorted.count - kept)
        hashes = sorted
    }

    /// The size of the intersection over that of the union (Jaccard); 1 where both are empty.
    ///
    /// Complexity: O(size of both).
    func jaccard(_ other: Shingles) -> Double {
        var (left, right, common) = (0, 0, 0)
        while left < hashes.count, right < other.hashes.count {
            let (one, two) = (hashes[left], other.hashes[right])
            common += one == two ? 1 : 0
            left += one <= two ? 1 : 0
            right += two <= one ? 1 : 0
        }
        let union = hashes.count + other.hashes.count - common
        return union == 0 ? 1 : Double(common) / Double(union)
    }

    /// A polynomial hash that rolls over the units, mixed at each place (Karp and Rabin 1987, modulo 2⁶⁴).
    private static func runs(of units: [UInt64], length: Int) -> [UInt64] {
        if units.isEmpty { return [] }
        let length = min(length, units.count)
        let base: UInt64 = 0x9E37_79B9_7F4A_7C15
        let leaving = (0..<length).reduce(1 as UInt64) { power, _ in power &* base }
        var hash: UInt64 = 0
        var runs: [UInt64] = []
        runs.reserveCapacity(units.count - length + 1)
        for place in units.indices {
            hash = hash &* base &+ units[place]
            if place >= length { hash &-= leaving &* units[place - length] }
            if place + 1 >= length { runs.append(StableHash.mix(hash)) }
        }
        return runs
    }

    /// Scalars, mixed so that near ones are far apart; runs of white space as one space, none at the ends.
    private static func characters(_ text: String) -> [UInt64] {
        var units: [UInt64] = []
        units.reserveCapacity(text.utf8.count)
        var gap = false
        for scalar in text.unicodeScalars {
            if scalar.isBlank {
                gap = !units.isEmpty
                continue
            }
            if gap { units.append(StableHash.mix(32)) }
            gap = false
            units.append(StableHash.mix(UInt64(scalar.value)))
        }
        return units
    }

    private static func words(_ text: String) -> [UInt64] {
        var units: [UInt64] = []
        var word: UInt64?
        for scalar in text.unicodeScalars {
            if scalar.isPartOfWord {
                word = StableHash.mix((word ?? 0) &* 31 &+ UInt64(scalar.value))
            } else if let ended = word {
                units.append(ended)
                word = nil
            }
        }
        if let word { units.append(word) }
        return units
    }
}

extension Unicode.Scalar {
    /// White space.
    var isBlank: Bool {
        value < 0x80 ? value == 32 || (9...13).contains(value) : properties.isWhitespace
    }

    /// Letters, marks and digits.
    var isPartOfWord: Bool {
        if value < 0x80 { return (48...57).contains(value) || (97...122).contains(value) || (65...90).contains(value) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
