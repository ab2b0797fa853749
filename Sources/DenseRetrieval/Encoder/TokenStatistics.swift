#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import NumericKernels

/// In how many documents of a corpus each token stands.
public struct TokenStatistics: Sendable, Hashable {
    /// The number of documents that were counted.
    public private(set) var documentCount = 0
    /// The number of documents that hold each token.
    public private(set) var documentFrequencies: [Int]

    /// No documents yet.
    public init(vocabularySize: Int) { documentFrequencies = [Int](repeating: 0, count: vocabularySize) }

    /// Counts texts; the order does not matter. Complexity: linear in the length of the texts.
    public mutating func add(_ texts: [String], tokenizer: any SubwordTokenizer, threads: Int = 1) {
        add(TokenBags(texts, tokenizer: tokenizer, threads: threads))
    }

    /// Counts bags of tokens.
    package mutating func add(_ bags: TokenBags) {
        documentCount += bags.count
        for id in bags.ids where Int(id) < documentFrequencies.count { documentFrequencies[Int(id)] += 1 }
    }

    /// log(1 + (N − df + 0.5) / (df + 0.5)) of each token (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, equation
    /// 3.3, with 1 added so that it stays positive, as Lucene does).
    public func inverseDocumentFrequencies() -> [Double] {
        documentFrequencies.map { frequency in
            let df = Double(min(frequency, documentCount))
            return log(1 + (Double(documentCount) - df + 0.5) / (df + 0.5))
        }
    }
}
