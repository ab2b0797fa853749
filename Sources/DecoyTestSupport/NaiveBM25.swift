#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import LexicalSearch
import RetrievalData
import TextAnalysis

/// BM25 by its formula over dictionaries: the reference that every search strategy is compared with, ids and score bits.
public struct NaiveBM25 {
    private let analyzer: Analyzer
    private let documents: [(id: String, length: Int, counts: [String: Int])]
    private let documentCount: Int
    private let averageLength: Double

    /// The reference over some documents.
    public init(_ documents: [Document], analyzer: AnalyzerOptions) throws {
        let analyzer = try Analyzer(analyzer)
        self.analyzer = analyzer
        self.documents = documents.map { document in
            let terms = analyzer.terms(in: document.contents)
            return (document.id, terms.count, terms.reduce(into: [:]) { $0[$1, default: 0] += 1 })
        }
        documentCount = self.documents.count { $0.length > 0 }
        let total = self.documents.reduce(0) { $0 + $1.length }
        averageLength = documentCount > 0 ? Double(total) / Double(documentCount) : 0
    }

    /// The best `k` documents, best first.
    public func search(_ text: String, k: Int, k1: Double = 1.2, b: Double = 0.75) -> [ScoredDocument] {
        var query: [String: Int] = [:]
        for term in analyzer.terms(in: text) { query[term, default: 0] += 1 }
        let terms = query.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var ranked: [ScoredDocument] = []
        let frequencies = terms.map { term in documents.count { $0.counts[term] != nil } }
        for document in documents {
            var score: Float = 0
            for (term, n) in zip(terms, frequencies) {
                guard let tf = document.counts[term] else { continue }
                let idf = log(1 + (Double(documentCount) - Double(n) + 0.5) / (Double(n) + 0.5))
                let weight = Float(Double(query[term] ?? 0) * idf)
                let inverse = Float(1 / (k1 * ((1 - b) + b * Double(document.length) / averageLength)))
                score += weight - weight / (1 + Float(tf) * inverse)
            }
            if score > 0 { ranked.append(ScoredDocument(id: document.id, score: Double(score))) }
        }
        ranked.sort { a, b in
            a.score != b.score ? a.score > b.score : b.id.utf8.lexicographicallyPrecedes(a.id.utf8)
        }
        return Array(ranked.prefix(k))
    }
}
