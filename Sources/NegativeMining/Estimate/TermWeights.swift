import Essentials
import RetrievalData

/// How much a term says: its inverse document frequency in a sample of the documents.
///
/// idf = ln(1 + (N − n + 0.5) / (n + 0.5)), BM25's, with N documents in the sample of which n hold the term. The sample is drawn from the
/// ids in byte order, so it depends on the documents alone.
struct TermWeights: Sendable {
    /// How many documents are looked at.
    static let sampleSize = 2_000

    private let weights: [UInt64: Double]
    /// The weight of a term that the sample lacks.
    private let unseen: Double

    init(documents: any DocumentStore, terms: @escaping TermExtraction, threads: Int = 1) throws {
        let ids = try documents.documentIDs().sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var random = SeededRandom(seed: 0)
        var frequencies: [UInt64: Int] = [:]
        var count = 0
        let sample = random.sample(Self.sampleSize, from: ids)
        let found = try ConcurrentMap.results(sample.count, threads: threads) { place in
            try documents.document(sample[place]).map { document in
                terms(document.contents).distinct
            }
        }
        for terms in found.compactMap(\.self) {
            count += 1
            for term in terms { frequencies[term, default: 0] += 1 }
        }
        let total = Double(count)
        func weight(_ frequency: Int) -> Double {
            log(1 + (total - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
        }
        weights = frequencies.mapValues(weight)
        unseen = weight(0)
    }

    /// The weight of a term by its hash.
    func weight(of term: UInt64) -> Double { weights[term] ?? unseen }
}
