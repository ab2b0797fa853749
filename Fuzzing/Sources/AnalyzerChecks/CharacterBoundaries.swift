/// Where characters begin and end in bytes that may be ill-formed UTF-8, by the table of well-formed byte sequences in the Unicode Standard.
enum CharacterBoundaries {
    /// The length of the well-formed sequence at a place; 0 where there is none.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
        func isTail(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            place < bytes.count && range.contains(bytes[place])
        }
        switch bytes[i] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return isTail(i + 1) ? 2 : 0
        case 0xE0: return isTail(i + 1, 0xA0...0xBF) && isTail(i + 2) ? 3 : 0
        case 0xED: return isTail(i + 1, 0x80...0x9F) && isTail(i + 2) ? 3 : 0
        case 0xE1...0xEF: return isTail(i + 1) && isTail(i + 2) ? 3 : 0
        case 0xF0: return isTail(i + 1, 0x90...0xBF) && isTail(i + 2) && isTail(i + 3) ? 4 : 0
        case 0xF1...0xF3: return isTail(i + 1) && isTail(i + 2) && isTail(i + 3) ? 4 : 0
        case 0xF4: return isTail(i + 1, 0x80...0x8F) && isTail(i + 2) && isTail(i + 3) ? 4 : 0
        default: return 0
        }
    }

    /// For each place up to the end whether it is inside a character.
    static func insides(of bytes: [UInt8]) -> [Bool] {
        var insides = [Bool](repeating: false, count: bytes.count + 1)
        bytes.withUnsafeBufferPointer { bytes in
            var i = 0
            while i < bytes.count {
                let length = max(1, length(bytes, at: i))
                for place in i + 1..<i + length { insides[place] = true }
                i += length
            }
        }
        return insides
    }

    static func isWellFormed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var i = 0
        while i < bytes.count {
            let length = length(bytes, at: i)
            if length == 0 { return false }
            i += length
        }
        return true
    }
}
