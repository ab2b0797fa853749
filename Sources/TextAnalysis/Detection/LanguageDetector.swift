import CICU

/// Tells the language of a collection from a sample of its texts.
///
/// Scripts are counted with ICU. A script of one language decides at once; kana tell Japanese from Chinese. Languages that share a
/// script are told apart by the share of words that are function words of each (after Ingle, "A language identification table", 1976),
/// less a penalty for letters that a language does not write. Some languages without a profile are known too, so that Polish or
/// Ukrainian text is not taken for a neighbour. A clear lead is demanded. Passages of some 70 words vote on their own: where more
/// than 20 % of the votes are for another language the text is mixed.
///
/// The guess depends on the texts, not on their order. One pass; memory is constant.
public struct LanguageDetector: Sendable {
    private var total = LanguageEvidence()
    private var passage = LanguageEvidence()
    private var passageLetters = 0
    private var wordSets = [Int](repeating: 0, count: FunctionWords.shared.sets.count)
    private var votes: [LanguageVerdict: Int] = [:]

    /// A passage ends with the first word after so many letters, or with its text.
    private static let passageLength = 400

    /// A detector that has seen nothing.
    public init() {}

    /// Adds a text of the sample.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    /// Adds a text that should be UTF-8; ill-formed bytes separate words and are no evidence.
    public mutating func add(_ utf8: UnsafeBufferPointer<UInt8>) {
        let table = CharacterTable.shared
        var word = Word()
        var previous: UInt32 = 0x20
        var position = 0
        while position < utf8.count {
            let start = position
            let scalar = UTF8Bytes.nextScalar(utf8, &position)
            let entry = table[scalar]
            let script = entry.script
            if script.isWritten {
                if word.script == .none { word.begin(script, at: start, after: previous) }
                word.length &+= 1
                word.hash = FunctionWords.hash(word.hash, entry.lowercase)
                passage.letters[Int(script.rawValue)] &+= script.density
                passage.letterClasses[entry.letterClass] &+= 1
                passageLetters &+= script.density
            } else if script == .digit {
                word.isIdentifier = true
            } else if script == .mark {
                word.hasMarks = true
            } else {
                if word.script != .none { end(word, utf8, at: start, before: scalar) }
                word = Word()
            }
            previous = scalar
        }
        if word.script != .none { end(word, utf8, at: utf8.count, before: 0x20) }
        endPassage()
    }

    /// The profile for the texts so far.
    public func guess() -> LanguageGuess {
        LanguageDecision(total: total, wordSets: wordSets, votes: votes).guess()
    }

    private mutating func end(
        _ word: Word, _ utf8: UnsafeBufferPointer<UInt8>, at end: Int, before next: UInt32
    ) {
        if !word.isIdentifier {
            passage.words[Int(word.script.rawValue)] &+= 1
            let set = Self.set(of: word, utf8, end, next)
            wordSets[set] &+= 1
            var languages = FunctionWords.shared.sets[set]
            while languages != 0 {
                passage.hits[languages.trailingZeroBitCount] &+= 1
                languages &= languages &- 1
            }
        }
        if passageLetters >= Self.passageLength { endPassage() }
    }

    /// The languages that have the word as a function word, as a set of ``FunctionWords``.
    @inline(__always)
    private static func set(
        of word: Word, _ utf8: UnsafeBufferPointer<UInt8>, _ end: Int, _ next: UInt32
    ) -> Int {
        let words = FunctionWords.shared
        if isApostrophe(next) {  // `l'` and `qu'` stand in the lists with their apostrophe
            let elided = words.set(of: FunctionWords.hash(word.hash, 0x27))
            if elided != 0 { return elided }
        }
        // A letter alone is a word between spaces only, not in `%s`, `-d`, `a)` or `e.g.`
        if word.length == 1, !isSpace(word.previous) || !isSpace(next) { return 0 }
        // Vowel signs of Arabic are left out; marks of other scripts may be half of a letter.
        guard word.hasMarks, word.script != .arabic else { return words.set(of: word.hash) }
        return words.set(of: composedHash(utf8, word.start, end) ?? word.hash)
    }

    private static func isSpace(_ scalar: UInt32) -> Bool { scalar <= 0x20 || scalar == 0xA0 || isApostrophe(scalar) }

    private static func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 }

    private mutating func endPassage() {
        guard passageLetters > 0 else { return }
        if let verdict = passage.passageVerdict() { votes[verdict, default: 0] += passageLetters }
        total.add(passage)
        passage.clear()
        passageLetters = 0
    }

    /// The hash of a word in its composed form; nil where the word is too long to be a function word.
    private static func composedHash(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64? {
        guard let bytes = utf8.baseAddress, end - start <= 64 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { output -> UInt64? in
            let count = cicu_nfkc_casefold(bytes + start, Int32(end - start), output.baseAddress, 512)
            // Less than 0: the word is as it would become.
            let composed = count < 0 ? utf8[start..<end] : UnsafeBufferPointer(output)[..<Int(count)]
            return FunctionWords.hash(String(decoding: composed, as: UTF8.self))
        }
    }

    /// The word that is being read.
    private struct Word {
        var script = Script.none
        var hash = FunctionWords.seed
        var start = 0
        var length = 0
        var previous: UInt32 = 0x20
        var isIdentifier = false
        var hasMarks = false

        mutating func begin(_ script: Script, at start: Int, after previous: UInt32) {
            self.script = script
            self.start = start
            self.previous = previous
        }
    }
}
