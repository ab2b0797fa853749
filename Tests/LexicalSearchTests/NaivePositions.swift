import DecoyTestSupport
import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// Phrases and proximity over arrays of tokens: the reference for what is computed from an index.
struct NaivePositions {
    /// The term at each position of each document; nil where a stop word was removed.
    let tokens: [String: [String?]]
    private let analyzer: Analyzer
    private let bm25: NaiveBM25

    init(_ documents: [Document], analyzer options: AnalyzerOptions) throws {
        let analyzer = try Analyzer(options)
        self.analyzer = analyzer
        bm25 = try NaiveBM25(documents, analyzer: options)
        tokens = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, Self.tokens($0.contents, analyzer)) })
    }

    private static func tokens(_ text: String, _ analyzer: Analyzer) -> [String?] {
        var tokens: [String?] = []
        for token in analyzer.tokens(in: text) {
            while tokens.count < token.position { tokens.append(nil) }
            tokens.append(token.term)
        }
        return tokens
    }

    /// Whether a document holds a phrase, a removed stop word of which any token may stand for.
    func holds(_ id: String, _ phrase: String) -> Bool {
        var wanted = Self.tokens(phrase, analyzer)
        while let first = wanted.first, first == nil { wanted.removeFirst() }
        guard let text = tokens[id] else { return false }
        if wanted.isEmpty { return true }
        if text.count < wanted.count { return false }
        return (0...(text.count - wanted.count)).contains { start in
            wanted.indices.allSatisfy { wanted[$0] == nil || wanted[$0] == text[start + $0] }
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
        let lengths = tokens.values.map { $0.count { $0 != nil } }
        let count = Double(lengths.count { $0 > 0 })
        let average = Double(lengths.reduce(0, +)) / count
        func weight(_ term: String) -> Double {
            let n = Double(tokens.values.count { $0.contains(term) })
            return NaiveBM25.formula(
                BM25(k1: 0), tf: 1, length: 1, averageLength: 1, documentFrequency: n, documentCount: count)
        }
        guard let text = tokens[id] else { return 0 }
        let found = text.indices.filter { text[$0].map(terms.contains) == true }
        var accumulators: [String: Double] = [:]
        for (p, q) in zip(found, found.dropFirst()) {
            guard let t = text[p], let u = text[q], t != u else { continue }
            let distance = Double(q - p)
            accumulators[t, default: 0] += weight(u) / (distance * distance)
            accumulators[u, default: 0] += weight(t) / (distance * distance)
        }
        let norm = k1 * (1 - b + b * Double(text.count { $0 != nil }) / average)
        return accumulators.reduce(0) { $0 + min(1, weight($1.key)) * $1.value / ($1.value + norm) }
    }

    /// Texts of very few words, so that phrases match by chance, with many ties; some are stop words of English.
    static func documents(_ count: Int, words: Int, _ random: inout SeededGenerator) -> [Document] {
        (0..<count).map { number in
            let title = Int.random(in: 0..<4, using: &random) == 0 ? text(0...2, words: words, &random) : ""
            return Document(id: "d\(number)", title: title, text: text(0...14, words: words, &random))
        }
    }

    /// Some of the words.
    static func text(_ length: ClosedRange<Int>, words: Int, _ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: length, using: &random)).map { _ in
            ["ax", "bo", "the", "cu", "du", "of", "ex", "fi"][Int.random(in: 0..<words, using: &random)]
        }.joined(separator: " ")
    }

    /// A query with up to two phrases, and the parts of which it consists.
    static func query(words: Int, _ random: inout SeededGenerator) -> (text: String, plain: String, phrases: [String]) {
        var (query, plain, phrases) = ("", "", [String]())
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            if phrases.count < 2, Bool.random(using: &random) {
                let phrase = text(0...5, words: words, &random)
                query += "\"\(phrase)\" "
                plain += phrase + " "
                phrases.append(phrase)
            } else {
                let loose = text(0...2, words: words, &random) + " "
                query += loose
                plain += loose
            }
        }
        return (query, plain, phrases)
    }
}
