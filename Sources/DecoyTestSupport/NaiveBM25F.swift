import LexicalSearch
import RetrievalData
import TextAnalysis

/// BM25F by its formula over dictionaries: the reference for indexes with fields, ids and score bits.
public struct NaiveBM25F {
    /// A document with its length and its terms' frequencies in each field.
    private struct Entry {
        var id: String
        var lengths: [Int]
        var counts: [[String: Int]]
    }

    private let analyzer: Analyzer
    private let entries: [Entry]

    /// The reference over some documents; `text` gives a document's text in a field.
    public init(
        _ documents: [Document], fields: [String], analyzer: AnalyzerOptions,
        text: (_ document: Document, _ field: String) -> String
    ) throws {
        let analyzer = try Analyzer(analyzer)
        self.analyzer = analyzer
        entries = documents.map { document in
            let terms = fields.map { analyzer.terms(in: text(document, $0)) }
            return Entry(
                id: document.id, lengths: terms.map(\.count),
                counts: terms.map { $0.reduce(into: [:]) { $0[$1, default: 0] += 1 } })
        }
    }

    /// The best `k` documents, best first, with a weight for each field.
    public func search(_ text: String, k: Int, weights: [Double], similarity: BM25) -> [ScoredDocument] {
        var query: [String: Double] = [:]
        for term in analyzer.terms(in: text) { query[term, default: 0] += 1 }
        let terms = query.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        func weighted(_ numbers: [Int]) -> Double {
            zip(weights, numbers).reduce(0) { $1.0 > 0 ? $0 + $1.0 * Double($1.1) : $0 }
        }
        func frequency(_ term: String, _ entry: Entry) -> Double { weighted(entry.counts.map { $0[term] ?? 0 }) }
        let documentCount = entries.count { weighted($0.lengths) > 0 }
        let totals = weights.indices.map { field in entries.reduce(0) { $0 + $1.lengths[field] } }
        let averageLength = documentCount > 0 ? weighted(totals) / Double(documentCount) : 0
        let frequencies = terms.map { term in entries.count { frequency(term, $0) > 0 } }
        var ranked: [ScoredDocument] = []
        for entry in entries {
            var score = 0.0
            for (term, n) in zip(terms, frequencies) {
                let tf = frequency(term, entry)
                if tf == 0 { continue }
                score += Double(
                    NaiveBM25.contribution(
                        similarity, tf: tf, length: weighted(entry.lengths), averageLength: averageLength,
                        documentFrequency: n, documentCount: documentCount, queryFrequency: query[term] ?? 0))
            }
            if Float(score) > 0 { ranked.append(ScoredDocument(id: entry.id, score: Double(Float(score)))) }
        }
        ranked.sort { a, b in
            a.score != b.score ? a.score > b.score : b.id.utf8.lexicographicallyPrecedes(a.id.utf8)
        }
        return Array(ranked.prefix(k))
    }
}
