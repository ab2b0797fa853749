import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Variants of BM25 and explanations")
struct VariantTests {
    @Test("A contribution agrees with the variant's textbook formula.", arguments: BM25Variant.allCases)
    func formulas(variant: BM25Variant) {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<400 {
            let similarity = BM25(
                variant, k1: Double.random(in: 0.1...3, using: &random), b: Double.random(in: 0...1, using: &random))
            let count = Int.random(in: 10...100_000, using: &random)
            let n = Int.random(in: 1...count, using: &random)
            let tf = Int.random(in: 1...20, using: &random)
            // Lengths that one byte holds exactly.
            let length =
                variant == .luceneOneByte
                ? Int.random(in: tf...39, using: &random) : Int.random(in: tf...500, using: &random)
            let average = Double.random(in: 5...300, using: &random)
            let idf = similarity.inverseDocumentFrequency(documentFrequency: n, documentCount: count)
            let saturation = similarity.saturation(queryFrequency: 1, inverseDocumentFrequency: idf)
            let found = Double(
                saturation.score(
                    frequency: Float(tf), inverseNorm: similarity.inverseNorm(length: length, averageLength: average)))
            let expected = NaiveBM25.formula(
                similarity, tf: Double(tf), length: Double(length), averageLength: average,
                documentFrequency: Double(n),
                documentCount: Double(count))
            #expect(
                abs(found - expected) <= 1e-6 * Double(saturation.ceiling) + 1e-12, "\(similarity), tf \(tf), n \(n)")
        }
    }

    @Test("Lengths are rounded as Lucene's one-byte norms are.")
    func lossyLengths() {
        #expect((0..<40).allSatisfy { LossyLength.stored($0) == $0 })
        let stored = [40, 42, 44, 46, 48, 50, 52, 54, 56, 60, 64, 68, 72, 76, 80, 84, 88, 96, 104]
        #expect(Set((40..<112).map(LossyLength.stored)).sorted() == stored)
        #expect(LossyLength.stored(Int(Int32.max)) == 2_013_265_944)
        var last = 0
        for length in 0..<20_000 {
            let value = LossyLength.stored(length)
            #expect(value <= length && value >= last)
            last = value
        }
    }

    @Test("A similarity is written and read; settings that lack a variant mean lucene.")
    func coding() throws {
        let similarity = BM25(.bm25L, k1: 1.5, b: 0.3, delta: 0.7)
        #expect(try JSONDecoder().decode(BM25.self, from: JSONEncoder().encode(similarity)) == similarity)
        #expect(
            try JSONDecoder().decode(BM25.self, from: Data(#"{"k1": 0.9, "b": 0.4}"#.utf8)) == BM25(k1: 0.9, b: 0.4))
        #expect(BM25Variant(rawValue: "bm25+") == .bm25Plus)
        #expect(BM25(.bm25Plus).delta == 1 && BM25(.bm25L).delta == 0.5)
    }

    @Test("The parts of an explanation sum up to the very score, for every variant and several segments.")
    func explanations() throws {
        for seed in 1...25 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = TestIndex.documents(seed: seed, count: 120)
            let similarity = BM25(BM25Variant.allCases.randomElement(using: &random) ?? .lucene)
            let searcher = try Searcher(
                reader: IndexReader(
                    directory: TestIndex.build(segments: [Array(documents[..<50]), Array(documents[50...])])),
                similarity: similarity)
            for _ in 0..<5 {
                let query = TestIndex.query(&random)
                for hit in try searcher.search(query, k: 20) {
                    let explanation = try #require(try searcher.explain(query, document: hit.id))
                    #expect(explanation.score == hit.score, "seed \(seed), '\(query)', \(hit.id)")
                    let sum = explanation.parts.reduce(0.0) { $0 + $1.contribution }
                    #expect(Double(Float(sum)) == hit.score, "seed \(seed), '\(query)', \(hit.id)")
                    #expect(explanation.parts.map(\.term) == explanation.parts.map(\.term).sorted())
                }
            }
            #expect(try searcher.explain("w1", document: "missing") == nil)
            #expect(try searcher.explain("zzz", document: "d0")?.score == 0)
        }
    }
}
