/// The characters that a trained vocabulary begins with.
struct Alphabet: Sendable {
    /// All kept characters, by code point.
    let characters: [UInt32]
    /// Those that also continue a word, by code point.
    let continuing: [UInt32]
    private let kept: Set<UInt32>

    /// All ASCII characters that occur, the `limit` most frequent others (ties: lesser code point first), and letters and digits of
    /// ASCII whether they occur or not, so that no ASCII word is unknown.
    init(_ words: WordCounts, limit: Int, lowercase: Bool) {
        var counts: [UInt32: Int] = [:]
        var inside: Set<UInt32> = []
        for (index, count) in words.counts.enumerated() {
            for (position, scalar) in Self.scalars(words.words.bytes(index)).enumerated() {
                counts[scalar, default: 0] += count
                if position > 0 { inside.insert(scalar) }
            }
        }
        var always = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars.map(\.value))
        if !lowercase { always += "ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars.map(\.value) }
        let others = counts.filter { $0.key >= 0x80 }.sorted { a, b in
            a.value != b.value ? a.value > b.value : a.key < b.key
        }
        let kept = Set(always + counts.keys.filter { $0 < 0x80 } + others.prefix(max(0, limit)).map(\.key))
        self.kept = kept
        characters = kept.sorted()
        continuing = inside.intersection(kept).union(always).sorted()
    }

    /// The characters of a word; nil where one of them is not kept.
    func keptScalars(_ word: ArraySlice<UInt8>) -> [UInt32]? {
        let scalars = Self.scalars(word)
        return scalars.allSatisfy { kept.contains($0) } ? scalars : nil
    }

    private static func scalars(_ word: ArraySlice<UInt8>) -> [UInt32] {
        String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    }
}
