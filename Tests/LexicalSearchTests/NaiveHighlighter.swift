import TextAnalysis

@testable import LexicalSearch

/// Highlights over arrays of tokens, windows by trying all: the reference for `Highlighter` where all terms are worth the same.
struct NaiveHighlighter {
    private struct Item: Hashable {
        var start: Int
        var end: Int
        /// A term, or a phrase with a mark that no term has.
        var kind: [UInt8]
    }

    private let text: String
    /// Where characters begin, and the end.
    let boundaries: Set<Int>
    private let items: [Item]
    private let weights: [[UInt8]: Int]

    init(_ query: PhraseQuery, _ text: String, _ options: AnalyzerOptions) throws {
        let analyzer = try Analyzer(options)
        self.text = text
        var boundaries: Set<Int> = [0]
        var offset = 0
        for character in text {
            offset += character.utf8.count
            boundaries.insert(offset)
        }
        self.boundaries = boundaries
        let wanted = Set(analyzer.tokens(in: query.text).map { Array($0.term.utf8) })
        var weights = Dictionary(uniqueKeysWithValues: wanted.map { ($0, 1) })
        let tokens = analyzer.tokens(in: text)
        var items = tokens.map {
            Item(start: $0.utf8Range.lowerBound, end: $0.utf8Range.upperBound, kind: Array($0.term.utf8))
        }
        .filter { wanted.contains($0.kind) }
        var pairs = options
        if pairs.segmentation == .wordsAndBigrams { pairs.segmentation = .bigrams }
        let phraseAnalyzer = try Analyzer(pairs)
        for (number, phrase) in query.phrases.enumerated() {
            let parts = phraseAnalyzer.tokens(in: phrase)
            guard let first = parts.first, parts.count > 1 else { continue }
            let kind: [UInt8] = [0, UInt8(number)]
            weights[kind] = parts.count
            for token in tokens where token.term.utf8.elementsEqual(first.term.utf8) {
                let places = parts.compactMap { part in
                    tokens.last {
                        $0.term.utf8.elementsEqual(part.term.utf8)
                            && $0.position - token.position == part.position - first.position
                    }
                }
                guard places.count == parts.count, let end = places.map(\.utf8Range.upperBound).max() else { continue }
                items.append(Item(start: token.utf8Range.lowerBound, end: end, kind: kind))
            }
        }
        self.items = items
        self.weights = weights
    }

    /// Bytes of the query's words, whole characters.
    var marked: Set<Int> {
        var marked: Set<Int> = []
        for item in items {
            let start = boundaries.filter { $0 <= item.start }.max() ?? 0
            let end = boundaries.filter { $0 >= item.end }.min() ?? text.utf8.count
            marked.formUnion(start..<end)
        }
        return marked
    }

    /// The bytes that the best window must show; nil without any word of the query.
    func core(length: Int) -> Range<Int>? {
        var best: (weight: Int, count: Int, range: Range<Int>)?
        for start in Set(items.map(\.start)).sorted() {
            let rest = text.unicodeScalars[text.utf8.index(text.startIndex, offsetBy: start)...].prefix(length)
            let limit = start + String(rest).utf8.count
            var inside = items.filter { $0.start >= start && $0.end <= limit }
            if inside.isEmpty {
                inside = [items.filter { $0.start == start }.min { $0.kind.lexicographicallyPrecedes($1.kind) }]
                    .compactMap { $0 }
            }
            let weight = Set(inside.map(\.kind)).reduce(0) { $0 + (weights[$1] ?? 0) }
            let range = start..<(inside.map(\.end).max() ?? start)
            if best.map({ (weight, inside.count) > ($0.weight, $0.count) }) ?? true {
                best = (weight, inside.count, range)
            }
        }
        return best?.range
    }
}
