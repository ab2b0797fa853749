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
        search(text, k: k, similarity: BM25(k1: k1, b: b))
    }

    /// The best `k` documents by a variant, best first.
    public func search(_ text: String, k: Int, similarity: BM25) -> [ScoredDocument] {
        var query: [String: Double] = [:]
        for term in analyzer.terms(in: text) { query[term, default: 0] += 1 }
        return search(weights: query, k: k, similarity: similarity)
    }

    /// The best `k` documents for weighted terms, best first.
    public func search(weights query: [String: Double], k: Int, similarity: BM25 = BM25()) -> [ScoredDocument] {
        let terms = query.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var ranked: [ScoredDocument] = []
        let frequencies = terms.map { term in documents.count { $0.counts[term] != nil } }
        for document in documents {
            var score = 0.0
            for (term, n) in zip(terms, frequencies) {
                guard let tf = document.counts[term] else { continue }
                score += Double(
                    Self.contribution(
                        similarity, tf: Double(tf), length: Double(document.length), averageLength: averageLength,
                        documentFrequency: n, documentCount: documentCount, queryFrequency: query[term] ?? 0))
            }
            if Float(score) > 0 { ranked.append(ScoredDocument(id: document.id, score: Double(Float(score)))) }
        }
        ranked.sort { a, b in
            a.score != b.score ? a.score > b.score : b.id.utf8.lexicographicallyPrecedes(a.id.utf8)
        }
        return Array(ranked.prefix(k))
    }

    /// What one term contributes, in the arithmetic of the engine: ceiling − slope / (offset + tf · inverse) in single precision.
    static func contribution(
        _ similarity: BM25, tf: Double, length: Double, averageLength: Double, documentFrequency n: Int,
        documentCount: Int, queryFrequency q: Double
    ) -> Float {
        let (k1, b, delta) = (similarity.k1, similarity.b, similarity.delta)
        let (count, df, times) = (Double(documentCount), Double(n), q)
        let lucene = log(1 + (count - df + 0.5) / (df + 0.5))
        var inverse = Float(1 / (k1 * ((1 - b) + b * length / averageLength)))
        var (ceiling, slope, offset): (Float, Float, Float)
        switch similarity.variant {
        case .lucene:
            (ceiling, slope, offset) = (Float(times * lucene), Float(times * lucene), 1)
        case .robertson:
            let weight = Float(times * max(0, log((count - df + 0.5) / (df + 0.5))))
            (ceiling, slope, offset) = (weight, weight, 1)
        case .atire:
            let weight = Float(times * log(count / df) * (k1 + 1))
            (ceiling, slope, offset) = (weight, weight, 1)
        case .bm25Plus:
            let weight = times * log((count + 1) / df)
            (ceiling, slope, offset) = (Float(weight * (k1 + 1) + weight * delta), Float(weight * (k1 + 1)), 1)
        case .bm25L:
            let weight = Float(times * log((count + 1) / (df + 0.5)) * (k1 + 1))
            (ceiling, slope, offset) = (weight, weight, k1 > 0 ? Float(1 + delta / k1) : 1)
        case .luceneOneByte:
            let weight = Float(q) * Float(lucene)
            (ceiling, slope, offset) = (weight, weight, 1)
            let (k1, b) = (Float(k1), Float(b))
            inverse = 1 / (k1 * ((1 - b) + b * Float(Self.storedLength(Int(length))) / Float(averageLength)))
        }
        return slope > 0 ? ceiling - slope / (offset + Float(tf) * inverse) : 0
    }

    /// The largest length not above `length` whose distance from 24 has at most four significant bits; small ones are exact.
    private static func storedLength(_ length: Int) -> Int {
        if length < 40 { return length }
        var step = 1
        while (length - 24) / step >= 16 { step *= 2 }
        return 24 + (length - 24) / step * step
    }

    /// The textbook formula of a variant in double precision, for one occurrence of the term in the query.
    public static func formula(
        _ similarity: BM25, tf: Double, length: Double, averageLength: Double, documentFrequency n: Double,
        documentCount: Double
    ) -> Double {
        let (k1, b, delta) = (similarity.k1, similarity.b, similarity.delta)
        let norm = 1 - b + b * length / averageLength
        switch similarity.variant {
        case .lucene, .luceneOneByte:
            return log(1 + (documentCount - n + 0.5) / (n + 0.5)) * tf / (tf + k1 * norm)
        case .robertson:
            return max(0, log((documentCount - n + 0.5) / (n + 0.5))) * tf / (tf + k1 * norm)
        case .atire:
            return log(documentCount / n) * (k1 + 1) * tf / (tf + k1 * norm)
        case .bm25Plus:
            return log((documentCount + 1) / n) * ((k1 + 1) * tf / (tf + k1 * norm) + delta)
        case .bm25L:
            let c = tf / norm
            return log((documentCount + 1) / (n + 0.5)) * (k1 + 1) * (c + delta) / (k1 + c + delta)
        }
    }
}
