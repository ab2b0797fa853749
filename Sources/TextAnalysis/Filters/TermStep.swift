/// One filter made ready for one thread: lists resolved, the stemmer opened.
struct TermStep {
    /// What became of a word in one step.
    enum Result {
        case kept
        case removed
        case replaced([[UInt8]])
    }

    private enum Action {
        case change((inout [UInt8]) -> Void)
        case remove(Set<[UInt8]>)
        case protect(Set<[UInt8]>)
        case stem(Stemmer)
        case truncate(Int)
        case replace([[UInt8]: [[UInt8]]])
        case keep(ClosedRange<Int>)
    }

    private let action: Action

    /// The step of a filter; words that it was given go through the steps before it.
    init(_ filter: TokenFilter, after steps: [TermStep]) throws {
        func word(_ text: String) -> [UInt8] {
            var word = Array(text.utf8)
            var isProtected = false
            for step in steps {
                // Words of lists are changed as tokens are, but not removed or replaced out of reach.
                switch step.action {
                case .change, .protect, .stem, .truncate: _ = step.apply(to: &word, isProtected: &isProtected)
                case .remove, .replace, .keep: break
                }
            }
            TermLength.cut(&word)
            return word
        }
        switch filter {
        case .fold(let folding): action = .change(folding.function)
        case .elision(let language):
            let articles = language.articles
            action = .change { Elision.apply(to: &$0, articles: articles) }
        case .stop(let words): action = .remove(Set(try words.resolved().map(word)))
        case .protect(let words): action = .protect(Set(words.map(word)))
        case .stem(let algorithm): action = .stem(try Stemmer(named: algorithm))
        case .truncate(let count):
            guard count >= 1 else {
                throw AnalyzerError.invalidOption(name: "truncate", value: "\(count)", expected: "1 or more")
            }
            action = .truncate(count)
        case .synonyms(let rules):
            var table: [[UInt8]: [[UInt8]]] = [:]
            for rule in rules {
                let replacements = rule.replacements.map(word)
                for left in rule.words {
                    let left = word(left)
                    // A word that stands for itself among others comes first.
                    let ordered = replacements.filter { $0 == left } + replacements.filter { $0 != left }
                    table[left, default: []] += ordered.filter { !(table[left] ?? []).contains($0) }
                }
            }
            action = .replace(table)
        case .length(let minimum, let maximum):
            guard minimum >= 0, minimum <= maximum else {
                throw AnalyzerError.invalidOption(
                    name: "length", value: "\(minimum) to \(maximum)",
                    expected: "a minimum that is not above the maximum")
            }
            action = .keep(minimum...maximum)
        }
    }

    /// Applies the step to a word of well-formed UTF-8, which keeps at most 255 bytes.
    func apply(to word: inout [UInt8], isProtected: inout Bool) -> Result {
        switch action {
        case .change(let function):
            function(&word)
            TermLength.cut(&word)
        case .remove(let words): return words.contains(word) ? .removed : .kept
        case .protect(let words): isProtected = isProtected || words.contains(word)
        case .stem(let stemmer):
            if !isProtected { stemmer.stem(&word) }
            TermLength.cut(&word)
        case .truncate(let count):
            if !isProtected { TermLength.keepFirst(count, of: &word) }
        case .replace(let table): return table[word].map(Result.replaced) ?? .kept
        case .keep(let lengths):
            let count = word.withUnsafeBufferPointer(UTF8Bytes.characterCount)
            return lengths.contains(count) ? .kept : .removed
        }
        return .kept
    }
}

/// The length of a term.
enum TermLength {
    /// The most bytes that a term has.
    static let maximum = 255

    /// Keeps the first characters.
    static func keepFirst(_ count: Int, of term: inout [UInt8]) {
        var seen = 0
        for (place, byte) in term.enumerated() where byte & 0xC0 != 0x80 {
            if seen == count { return term.removeSubrange(place...) }
            seen += 1
        }
    }

    /// Cuts what a filter lengthened, on a character boundary.
    static func cut(_ term: inout [UInt8]) {
        guard term.count > maximum else { return }
        var end = maximum
        while end > 0, term[end] & 0xC0 == 0x80 { end -= 1 }
        term.removeLast(term.count - end)
    }
}
