import DecoyTestSupport
import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// Phrases and proximity over arrays of tokens: the reference for what is computed from an index.
struct NaivePositions {
    /// The terms at each position of each document, in ascending byte order; none where a stop word was removed.
    let tokens: [String: [[String]]]
    private let analyzer: Analyzer
    /// What phrases are cut by: pairs of characters where words and pairs are indexed.
    private let phraseAnalyzer: Analyzer
    private let bm25: NaiveBM25

    init(_ documents: [Document], analyzer options: AnalyzerOptions) throws {
        let analyzer = try Analyzer(options)
        self.analyzer = analyzer
        var options = options
        if options.segmentation == .wordsAndBigrams { options.segmentation = .bigrams }
        phraseAnalyzer = try Analyzer(options)
        bm25 = try NaiveBM25(documents, analyzer: analyzer.options)
        tokens = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, Self.tokens($0.contents, analyzer)) })
    }

    private static func tokens(_ text: String, _ analyzer: Analyzer) -> [[String]] {
        var tokens: [[String]] = []
        for token in analyzer.tokens(in: text) {
            while tokens.count <= token.position { tokens.append([]) }
            tokens[token.position].append(token.term)
        }
        return tokens.map { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    }

    /// Whether a document holds a phrase, a removed stop word of which any token may stand for.
    func holds(_ id: String, _ phrase: String) -> Bool {
        var wanted = Self.tokens(phrase, phraseAnalyzer)
        while let first = wanted.first, first.isEmpty { wanted.removeFirst() }
        guard let text = tokens[id] else { return false }
        if wanted.isEmpty { return true }
        if text.count < wanted.count { return false }
        return (0...(text.count - wanted.count)).contains { start in
            wanted.indices.allSatisfy { place in wanted[place].allSatisfy(text[start + place].contains) }
        }
    }

    /// The best documents that hold all phrases.
    func search(_ text: String, phrases: [String], k: Int) -> [ScoredDocument] {
        let all = bm25.search(text, k: .max)
        return Array(all.filter { hit in phrases.allSatisfy { holds(hit.id, $0) } }.prefix(k))
    }

    /// The proximity score by the formula of the paper, in the proportion of the variant `lucene`.
    func proximity(_ id: String, _ text: String, k1: Double, b: Double) -> Double {
        let terms = Set(analyzer.terms(in: text))
        let lengths = tokens.values.map { $0.joined().count }
        let count = Double(lengths.count { $0 > 0 })
        let average = Double(lengths.reduce(0, +)) / count
        func weight(_ term: String) -> Double {
            let n = Double(tokens.values.count { $0.joined().contains(term) })
            return NaiveBM25.formula(
                BM25(k1: 0), tf: 1, length: 1, averageLength: 1, documentFrequency: n, documentCount: count)
        }
        guard let text = tokens[id] else { return 0 }
        let found = text.enumerated().flatMap { place, here in here.filter(terms.contains).map { (place, $0) } }
        var accumulators: [String: Double] = [:]
        for ((p, t), (q, u)) in zip(found, found.dropFirst()) where p != q && t != u {
            let distance = Double(q - p)
            accumulators[t, default: 0] += weight(u) / (distance * distance)
            accumulators[u, default: 0] += weight(t) / (distance * distance)
        }
        let norm = k1 * (1 - b + b * Double(text.joined().count) / average)
        return accumulators.reduce(0) { $0 + min(1, weight($1.key)) * $1.value / ($1.value + norm) }
    }

    /// Eight words that texts are made of, and what stands between them.
    struct Vocabulary: Sendable {
        var words: [String]
        var separator = ""

        /// Some are stop words.
        static let english = Vocabulary(words: ["ax", "bo", "the", "cu", "du", "of", "ex", "fi"], separator: " ")
        /// Words that a dictionary cuts one way or another, by what is around them.
        static let japanese = Vocabulary(words: ["東", "京都", "の", "大学", "都", "水 ", "学", "ab"])
        static let thai = Vocabulary(words: ["เบา", "หวาน", "ใน", "า", "คน", "ไทย ", "เด็ก", "12"])
    }

    /// Texts of very few words, so that phrases match by chance, with many ties.
    static func documents(
        _ count: Int, words: Int, of vocabulary: Vocabulary = .english, _ random: inout SeededGenerator
    ) -> [Document] {
        (0..<count).map { number in
            let title =
                Int.random(in: 0..<4, using: &random) == 0 ? text(0...2, words: words, of: vocabulary, &random) : ""
            return Document(id: "d\(number)", title: title, text: text(0...14, words: words, of: vocabulary, &random))
        }
    }

    /// Some of the words.
    static func text(
        _ length: ClosedRange<Int>, words: Int, of vocabulary: Vocabulary = .english, _ random: inout SeededGenerator
    ) -> String {
        (0..<Int.random(in: length, using: &random)).map { _ in
            vocabulary.words[Int.random(in: 0..<words, using: &random)]
        }.joined(separator: vocabulary.separator)
    }

    /// A query with up to two phrases, and the parts of which it consists.
    static func query(
        words: Int, of vocabulary: Vocabulary = .english, _ random: inout SeededGenerator
    ) -> (text: String, plain: String, phrases: [String]) {
        var (query, plain, phrases) = ("", "", [String]())
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            if phrases.count < 2, Bool.random(using: &random) {
                let phrase = text(0...5, words: words, of: vocabulary, &random)
                query += "\"\(phrase)\" "
                plain += phrase + " "
                phrases.append(phrase)
            } else {
                let loose = text(0...2, words: words, of: vocabulary, &random) + " "
                query += loose
                plain += loose
            }
        }
        return (query, plain, phrases)
    }
}
