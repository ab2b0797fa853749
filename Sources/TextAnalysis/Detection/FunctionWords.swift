/// The function words of all languages: for each word the set of languages it belongs to.
///
/// Words are known by a 64-bit hash of their lower-case scalars; a false match in a text is possible and does no harm.
struct FunctionWords: Sendable {
    /// The words of all languages.
    static let shared = FunctionWords(DetectableLanguage.all)

    /// The sets of languages that share a word, bit i is language i; set 0 is empty.
    private(set) var sets: [UInt64] = [0]
    private var indices: [UInt64: Int] = [:]

    init(_ all: [DetectableLanguage]) {
        var languages: [UInt64: UInt64] = [:]
        for (i, language) in all.enumerated() {
            for word in language.words { languages[Self.hash(word), default: 0] |= 1 << UInt64(i) }
        }
        var known: [UInt64: Int] = [:]
        for (hash, set) in languages.sorted(by: { $0.key < $1.key }) {
            if known[set] == nil {
                known[set] = sets.count
                sets.append(set)
            }
            indices[hash] = known[set]
        }
    }

    /// The languages of a word, as an index of ``sets``; 0 where it is none; by its hash.
    @inline(__always)
    func set(of hash: UInt64) -> Int { indices[hash] ?? 0 }

    /// The hash of no letters (FNV-1a).
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash with one more letter.
    @inline(__always)
    static func hash(_ hash: UInt64, _ scalar: UInt32) -> UInt64 { (hash ^ UInt64(scalar)) &* 0x100_0000_01B3 }

    /// The hash of a word in lower case.
    static func hash(_ word: String) -> UInt64 { word.unicodeScalars.reduce(seed) { hash($0, $1.value) } }
}
