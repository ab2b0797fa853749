/// One bit field a set, with a bit for each member's hash, from which it shows how many members two sets cannot share.
///
/// Two bits that differ stand for two members of one set alone, so that the number of differing bits is at most |x Δ y|: the bitmap
/// filter of Sandes, Teodoro and Melo (Information Systems 88, 2020).
struct ShingleSignatures {
    /// 1024 bits tell sets of up to some thousand members apart.
    private static let words = 16
    private var bits: [UInt64]

    /// The signatures of the known members of some sets.
    init(_ sets: [ShingleSets.Shingles]) {
        bits = Array(repeating: 0, count: sets.count * Self.words)
        for (place, set) in sets.enumerated() {
            for member in set.known {
                // Fibonacci hashing to ten bits: Knuth, The Art of Computer Programming 3, section 6.4.
                let hash = Int((member &* 0x9E37_79B1) >> 22)
                bits[place * Self.words + (hash >> 6)] |= 1 << UInt64(hash & 63)
            }
        }
    }

    /// At least so many known members has one of these sets or another's first set that the other of the two has not.
    func leastDifference(_ place: Int, _ other: ShingleSignatures) -> Int {
        var count = 0
        for word in 0..<Self.words { count += (bits[place * Self.words + word] ^ other.bits[word]).nonzeroBitCount }
        return count
    }
}
