/// What a text shows of its language, in counts.
struct LanguageEvidence: Sendable {
    /// Letters by script; one of Han, kana or Hangul counts as three.
    var letters = [Int](repeating: 0, count: Script.allCases.count)
    /// Words by script.
    var words = [Int](repeating: 0, count: Script.allCases.count)
    /// Words that are function words, by language.
    var hits = [Int](repeating: 0, count: DetectableLanguage.all.count)
    /// Letters by letter class.
    var letterClasses = [Int](repeating: 0, count: CharacterTable.shared.foreignTo.count)

    /// All letters.
    var letterCount: Int { letters.reduce(0, +) }

    /// Adds the counts of another text.
    mutating func add(_ other: LanguageEvidence) {
        func add(_ a: inout [Int], _ b: [Int]) { for i in a.indices where b[i] != 0 { a[i] += b[i] } }
        add(&letters, other.letters)
        add(&words, other.words)
        add(&hits, other.hits)
        add(&letterClasses, other.letterClasses)
    }

    /// Sets all counts to 0.
    mutating func clear() {
        func clear(_ a: inout [Int]) { for i in a.indices { a[i] = 0 } }
        clear(&letters)
        clear(&words)
        clear(&hits)
        clear(&letterClasses)
    }

    /// The writing with the most letters, Han and kana being one, and its letters.
    func leadingWriting() -> (writing: Writing, letters: Int) {
        var best = (writing: Writing.none, letters: 0)
        for writing in Writing.allCases {
            let count = writing.scripts.reduce(0) { $0 + letters[Int($1.rawValue)] }
            if count > best.letters { best = (writing, count) }
        }
        return best
    }

    /// A language and how well the text fits it.
    struct Candidate: Sendable {
        /// The index of the language.
        var language: Int
        /// The share of words that are its function words.
        var share: Double
        /// The share less a penalty for letters that the language does not write.
        var score: Double
    }

    /// A letter that a language does not write weighs as much as this many function words that it lacks.
    private static let foreignLetterWeight = 2.0

    /// The languages of a script, best first; ties by their order in the list of languages.
    func candidates(_ script: Script) -> [Candidate] {
        let wordCount = Double(max(words[Int(script.rawValue)], 1))
        let letterCount = Double(max(letters[Int(script.rawValue)], 1))
        let foreign = foreignLetters()
        var candidates: [Candidate] = []
        for (i, language) in DetectableLanguage.all.enumerated() where language.script == script {
            let share = Double(hits[i]) / wordCount
            let score = share - Self.foreignLetterWeight * Double(foreign[i]) / letterCount
            candidates.append(Candidate(language: i, share: share, score: score))
        }
        return candidates.sorted { ($0.score, -$0.language) > ($1.score, -$1.language) }
    }

    /// Letters that a language does not write, by language.
    private func foreignLetters() -> [Int] {
        var foreign = [Int](repeating: 0, count: hits.count)
        for (letterClass, set) in CharacterTable.shared.foreignTo.enumerated() where letterClasses[letterClass] > 0 {
            var rest = set
            while rest != 0 {
                foreign[rest.trailingZeroBitCount] += letterClasses[letterClass]
                rest &= rest &- 1
            }
        }
        return foreign
    }
}
