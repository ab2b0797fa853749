import Essentials
import NumericKernels

/// In how many documents of a corpus each token stands.
public struct TokenStatistics: Sendable, Hashable {
    /// The number of documents that were counted.
    public private(set) var documentCount = 0
    /// The number of documents that hold each token.
    public private(set) var documentFrequencies: [Int]

    /// No documents yet.
    public init(vocabularySize: Int) { documentFrequencies = [Int](repeating: 0, count: vocabularySize) }

    /// Counts texts; the order does not matter.
    ///
    /// Complexity: linear in the length of the texts.
    public mutating func add(_ texts: [String], tokenizer: any SubwordTokenizer, threads: Int = 1) {
        add(TokenBags(texts, tokenizer: tokenizer, threads: threads))
    }

    /// Counts bags of tokens.
    package mutating func add(_ bags: TokenBags) {
        documentCount += bags.count
        for id in bags.ids where Int(id) < documentFrequencies.count { documentFrequencies[Int(id)] += 1 }
    }

    /// log((1 + N) / (1 + df)) + 1 of each token: inverse document frequency (Spärck Jones: A Statistical Interpretation of Term Specificity
    /// and its Application in Retrieval, 1972) in scikit-learn's smooth form, in which no token weighs nothing.
    ///
    /// Against BM25's idf this form gave the better start and the better trained encoder on the dev splits of debian and wordnet-lemma.
    func inverseDocumentFrequencies() -> [Double] {
        documentFrequencies.map { frequency in
            log(Double(1 + documentCount) / Double(1 + min(frequency, documentCount))) + 1
        }
    }
}
