#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The BM25 similarity with Lucene's idf, exact lengths and free parameters.
///
/// For a document of length dl in a collection of N documents with at least one term, where the term occurs tf times in the document
/// and at least once in n documents, a term that occurs q times in the query contributes
///
///     q · ln(1 + (N − n + 0.5) / (n + 0.5)) · tf / (tf + k1 · (1 − b + b · dl / avgdl))
///
/// This is equation (3) of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in
/// Information Retrieval 3(4), 2009, without the constant factor k1 + 1, and with the idf that Lucene uses: the 1 under the logarithm
/// keeps it positive. A document's score is the sum over the distinct terms of the query. See `TermScorer` for the exact arithmetic.
public struct BM25: Codable, Sendable, Hashable {
    /// How soon further occurrences of a term stop counting; 0 or more.
    public var k1: Double
    /// How much long documents are held back: 0 not at all, 1 fully.
    public var b: Double

    /// A similarity from its parameters.
    public init(k1: Double = 1.2, b: Double = 0.75) {
        self.k1 = k1
        self.b = b
    }

    /// Throws `SearchError.invalidParameter` unless k1 is finite and not negative and b lies in 0...1.
    public func validate() throws {
        if !(k1.isFinite && k1 >= 0) {
            throw SearchError.invalidParameter(
                name: "k1", value: "\(k1)", expected: "a number not below 0, such as 1.2")
        }
        if !(b >= 0 && b <= 1) {
            throw SearchError.invalidParameter(name: "b", value: "\(b)", expected: "a number from 0 to 1, such as 0.75")
        }
    }

    /// Lucene's inverse document frequency: ln(1 + (N − n + 0.5) / (n + 0.5)).
    public func inverseDocumentFrequency(documentFrequency: Int, documentCount: Int) -> Double {
        let n = Double(min(documentFrequency, documentCount))
        return log(1 + (Double(documentCount) - n + 0.5) / (n + 0.5))
    }

    /// The factor of a term: its count in the query times its idf, rounded to single precision.
    public func weight(queryFrequency: Int, documentFrequency: Int, documentCount: Int) -> Float {
        Float(
            Double(queryFrequency)
                * inverseDocumentFrequency(documentFrequency: documentFrequency, documentCount: documentCount))
    }

    /// 1 / (k1 · (1 − b + b · dl / avgdl)), rounded to single precision; infinite where the denominator is 0.
    public func inverseNorm(length: Int, averageLength: Double) -> Float {
        Float(1 / (k1 * ((1 - b) + b * Double(length) / averageLength)))
    }

    /// The scorer of one term of a query.
    func scorer(weight: Float) -> LuceneTermScorer { LuceneTermScorer(weight: weight) }
}
