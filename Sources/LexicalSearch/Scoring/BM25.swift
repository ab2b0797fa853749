import Essentials

/// The BM25 similarity: one of the variants by name, with exact lengths and free parameters.
///
/// `lucene` is equation (3) of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
/// in Information Retrieval 3(4), 2009, without the constant factor k1 + 1, and with the idf that Lucene uses: the 1 under the logarithm
/// keeps it positive. ``BM25Variant`` has all formulas. A document's score is the sum over the distinct terms of the query.
public struct BM25: Codable, Sendable, Hashable {
    /// The formula.
    public var variant: BM25Variant
    /// How soon further occurrences of a term stop counting; 0 or more.
    public var k1: Double
    /// How much long documents are held back: 0 not at all, 1 fully.
    public var b: Double
    /// What an occurrence is worth in the longest of documents, in `bm25+` and `bm25l`; the others do not use it.
    public var delta: Double

    /// A similarity from its parameters; `delta` is the variant's own unless given.
    public init(_ variant: BM25Variant = .lucene, k1: Double = 1.2, b: Double = 0.75, delta: Double? = nil) {
        self.variant = variant
        self.k1 = k1
        self.b = b
        self.delta = delta ?? variant.defaultDelta
    }

    /// The similarity from its parameters; those that are missing are the defaults.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decodeIfPresent(BM25Variant.self, forKey: .variant) ?? .lucene,
            k1: try container.decodeIfPresent(Double.self, forKey: .k1) ?? 1.2,
            b: try container.decodeIfPresent(Double.self, forKey: .b) ?? 0.75,
            delta: try container.decodeIfPresent(Double.self, forKey: .delta))
    }

    /// Throws `SearchError.invalidParameter` unless k1 and delta lie in 0...1e9 and b in 0...1.
    public func validate() throws {
        if !(k1 >= 0 && k1 <= 1e9) {
            throw SearchError.invalidParameter(
                name: "k1", value: "\(k1)", expected: "a number from 0 to 1e9, such as 1.2")
        }
        if !(b >= 0 && b <= 1) {
            throw SearchError.invalidParameter(name: "b", value: "\(b)", expected: "a number from 0 to 1, such as 0.75")
        }
        if !(delta >= 0 && delta <= 1e9) {
            throw SearchError.invalidParameter(
                name: "delta", value: "\(delta)", expected: "a number from 0 to 1e9, such as 1 or 0.5")
        }
    }

    /// The variant's inverse document frequency, not negative; `lucene-1byte` rounds it to single precision.
    public func inverseDocumentFrequency(documentFrequency: Int, documentCount: Int) -> Double {
        let n = Double(min(documentFrequency, documentCount))
        let count = Double(documentCount)
        switch variant {
        case .lucene: return log(1 + (count - n + 0.5) / (n + 0.5))
        case .robertson: return max(0, log((count - n + 0.5) / (n + 0.5)))
        case .atire: return n > 0 ? log(count / n) : 0
        case .bm25Plus: return n > 0 ? log((count + 1) / n) : 0
        case .bm25L: return log((count + 1) / (n + 0.5))
        case .luceneOneByte: return Double(Float(log(1 + (count - n + 0.5) / (n + 0.5))))
        }
    }

    /// 1 / (k1 · (1 − b + b · dl / avgdl)), rounded to single precision; infinite where the denominator is 0.
    ///
    /// Never rises with the length. `lucene-1byte` computes in single precision, from the length that Lucene stores.
    func inverseNorm(length: Int, averageLength: Double) -> Float {
        inverseNorm(length: Double(length), averageLength: averageLength)
    }

    /// The same for a weighted length, which need not be whole; `lucene-1byte` takes its whole part.
    func inverseNorm(length: Double, averageLength: Double) -> Float {
        if variant == .luceneOneByte {
            let (k1, b) = (Float(self.k1), Float(self.b))
            let stored = LossyLength.stored(Int(max(0, min(length, Double(Int32.max)))))
            return 1 / (k1 * ((1 - b) + b * Float(stored) / Float(averageLength)))
        }
        return Float(1 / (k1 * ((1 - b) + b * length / averageLength)))
    }

    /// What a term contributes that occurs so often in the query, or has such a weight there, and such an inverse document frequency.
    func saturation(queryFrequency: Double, inverseDocumentFrequency: Double) -> Saturation {
        let weight = queryFrequency * inverseDocumentFrequency
        switch variant {
        case .lucene, .robertson:
            return Saturation(ceiling: Float(weight), slope: Float(weight), offset: 1)
        case .luceneOneByte:
            let weight = Float(queryFrequency) * Float(inverseDocumentFrequency)
            return Saturation(ceiling: weight, slope: weight, offset: 1)
        case .atire:
            let full = Float(weight * (k1 + 1))
            return Saturation(ceiling: full, slope: full, offset: 1)
        case .bm25Plus:
            return Saturation(
                ceiling: Float(weight * (k1 + 1) + weight * delta), slope: Float(weight * (k1 + 1)), offset: 1)
        case .bm25L:
            let full = Float(weight * (k1 + 1))
            return Saturation(ceiling: full, slope: full, offset: k1 > 0 ? Float(1 + delta / k1) : 1)
        }
    }
}
