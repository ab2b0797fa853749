import TextAnalysis

/// Finds a query's words in texts, and the stretch of a text that shows them best.
///
/// A word is marked where one of its terms is among the query's, so inflected words are found as the search finds them, and pairs of
/// characters that overlap become one range. Offsets are those of the text as it was given, before all filters.
public struct Highlighter: Sendable {
    private let analyzer: Analyzer
    private let terms: TermNumbers
    /// For each phrase the numbers of its terms and how far they stand from its first.
    private let phrases: [[(term: Int, offset: Int)]]
    /// What it is worth to show each term, and then each phrase; above 0.
    private let weights: [Int]

    /// A highlighter for a query, in which all terms are worth the same; for the terms' rareness see `Searcher.highlighter(for:)`.
    public init(_ query: PhraseQuery, analyzer: Analyzer) throws {
        self = try Self(query, analyzer: analyzer, session: SearchSession(analyzer)) { _ in 1 }
    }

    /// A highlighter for a query; `weight` says what it is worth to show a term.
    init(
        _ query: PhraseQuery, analyzer: Analyzer, session: SearchSession, weight: (_ term: String) throws -> Double
    ) throws {
        var terms = TermNumbers()
        session.analyzer.forEachTerm(in: query.text) { term, _ in terms.insert(term) }
        // Whole numbers: their sums do not depend on an order.
        var weights = try terms.terms.map {
            Int(max(0, min(try weight(String(decoding: $0, as: UTF8.self)), 1e6)) * 1000) + 1
        }
        var phrases: [[(term: Int, offset: Int)]] = []
        for text in query.phrases {
            guard let phrase = Phrase(text, session: try session.phraseAnalyzer()) else { continue }
            let places = phrase.terms.flatMap { term in term.offsets.map { (terms.number(of: term.bytes), $0) } }
            let known = places.compactMap { number, offset in number.map { (term: $0, offset: offset) } }
            guard known.count > 1, known.count == places.count else { continue }
            phrases.append(known)
            weights.append(known.reduce(0) { $0 + weights[$1.term] })
        }
        self.analyzer = analyzer
        self.terms = terms
        self.phrases = phrases
        self.weights = weights
    }

    /// Where the query's words stand in a text, in bytes of UTF-8: ascending, apart from one another, between characters.
    public func ranges(in text: String) -> [Range<Int>] {
        let boundaries = CharacterBoundaries(text)
        return Self.merged(occurrences(in: boundaries.text).map { boundaries.widened($0.range) })
    }

    /// The stretch of a text of at most some `length` Unicode scalars that shows most of the query.
    ///
    /// Best is the stretch whose distinct terms and whole phrases weigh most together; of equal ones that with more words of the query, and
    /// then the first. It is cut at white space where there is some near by, else between characters, and is longer than asked for only to
    /// keep one word or character whole. Without any word of the query it is the text's beginning. Time O(text).
    public func snippet(of text: String, length: Int = 160) -> Snippet {
        let boundaries = CharacterBoundaries(text)
        let occurrences = occurrences(in: boundaries.text)
        let length = max(1, length)
        let core = SnippetWindow.best(occurrences, weights: weights, in: boundaries, length: length) ?? 0..<0
        let range = SnippetWindow.extended(core, in: boundaries, length: length)
        let inside = occurrences.lazy.map(\.range).filter {
            $0.lowerBound < range.upperBound && range.lowerBound < $0.upperBound
        }
        let ranges = Self.merged(inside.map { boundaries.widened($0).clamped(to: range) })
        return Snippet(
            text: boundaries.slice(range), start: range.lowerBound, end: range.upperBound,
            ranges: ranges.map { ($0.lowerBound - range.lowerBound)..<($0.upperBound - range.lowerBound) })
    }

    /// Terms of the query and whole phrases, in ascending order of their starts.
    private func occurrences(in text: String) -> [SnippetWindow.Occurrence] {
        struct Place: Hashable {
            var term: Int
            var position: Int
        }
        var found: [SnippetWindow.Occurrence] = []
        var positions: [Int] = []
        var ranges: [Place: Range<Int>] = [:]
        var text = text
        text.withUTF8 { bytes in
            analyzer.forEachToken(in: bytes) { term, position, start, end, _ in
                guard start < end, let number = terms.number(of: term) else { return }
                found.append(.init(range: start..<end, kind: number))
                if phrases.isEmpty { return }
                positions.append(position)
                ranges[Place(term: number, position: position)] = start..<end
            }
        }
        for (number, phrase) in phrases.enumerated() {
            for (first, position) in zip(found, positions) where first.kind == phrase[0].term {
                let parts = phrase.compactMap { ranges[Place(term: $0.term, position: position + $0.offset)] }
                guard parts.count == phrase.count, let end = parts.map(\.upperBound).max() else { continue }
                found.append(.init(range: first.range.lowerBound..<end, kind: terms.terms.count + number))
            }
        }
        if !phrases.isEmpty { found.sort { ($0.range.lowerBound, $0.kind) < ($1.range.lowerBound, $1.kind) } }
        return found
    }

    /// The same bytes in ranges that neither overlap nor touch.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }
}

extension Searcher {
    /// Finds the words of a query in texts; a rare word, by inverse document frequency, is worth more to be shown.
    ///
    /// Quotes make phrases as they do in a search.
    public func highlighter(for text: String) throws -> Highlighter {
        try withSession { session in
            try Highlighter(parse(text), analyzer: analyzer, session: session) { term in
                similarity.inverseDocumentFrequency(
                    documentFrequency: try statistics.documentFrequency(of: term),
                    documentCount: statistics.documentCount)
            }
        }
    }
}
