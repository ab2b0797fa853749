import DecoyTestSupport
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Every strategy gives the reference's ids and score bits")
struct EvaluationTests {
    private func expectSame(_ found: [ScoredDocument], _ expected: [ScoredDocument], _ note: @autoclosure () -> String)
    {
        if found == expected { return }
        #expect(found.map(\.id) == expected.map(\.id), "\(note())")
        #expect(found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(note())")
    }

    private static func tuning(_ random: inout SeededGenerator) -> EvaluationTuning {
        var tuning = EvaluationTuning()
        tuning.windowBits = [5, 6, 8, nil].randomElement(using: &random) ?? nil
        tuning.primingWindows = Int.random(in: 0...3, using: &random)
        tuning.sparseness = [1, 8, 1000].randomElement(using: &random) ?? 8
        tuning.lookUpCost = [0, 12, 1000].randomElement(using: &random) ?? 12
        return tuning
    }

    @Test(
        "Thousands of random queries over small corpora with ties, repeated terms and duplicate texts, in one to three segments."
    )
    func small() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = TestIndex.documents(seed: seed, count: Int.random(in: 1...300, using: &random))
            let similarity = BM25(
                BM25Variant.allCases.randomElement(using: &random) ?? .lucene,
                k1: [0, 0.9, 1.2, 5].randomElement(using: &random) ?? 1,
                b: [0, 0.4, 0.75, 1].randomElement(using: &random) ?? 1,
                delta: [nil, 0, 0.3, 2].randomElement(using: &random) ?? nil)
            let reference = try NaiveBM25(documents, analyzer: .whitespace)
            let cuts = [0, Int.random(in: 0...documents.count, using: &random), documents.count].sorted()
            let parts = [Array(documents[cuts[0]..<cuts[1]]), Array(documents[cuts[1]...])]
            let readers = try [
                IndexReader(directory: TestIndex.build(documents)),
                IndexReader(directory: TestIndex.build(segments: parts)),
            ]
            for reader in readers {
                for strategy in EvaluationStrategy.allCases {
                    var searcher = try Searcher(reader: reader, similarity: similarity)
                    searcher.strategy = strategy
                    searcher.tuning = Self.tuning(&random)
                    for _ in 0..<12 {
                        let query = TestIndex.query(&random)
                        let k = [1, 2, 10, 40, 1000].randomElement(using: &random) ?? 1
                        expectSame(
                            try searcher.search(query, k: k), reference.search(query, k: k, similarity: similarity),
                            "seed \(seed), '\(query)', k \(k), \(similarity), cuts \(cuts), \(strategy), \(searcher.tuning)"
                        )
                    }
                }
            }
        }
    }

    @Test("Lists of many blocks, windows of few documents, for every strategy and variant.")
    func long() throws {
        var text = RandomText(seed: 5, vocabularySize: 40)
        let documents = text.documents(2500, words: 1...30)
        let reference = try NaiveBM25(documents, analyzer: .english)
        let options = IndexOptions(analyzer: .english)
        let readers = try [
            IndexReader(directory: TestIndex.build(documents, options: options)),
            IndexReader(
                directory: TestIndex.build(
                    segments: [Array(documents[..<900]), Array(documents[900...])], options: options)),
        ]
        let queries = text.queries(6)
        var random = SeededGenerator(seed: 5)
        for variant in BM25Variant.allCases {
            let similarity = BM25(variant, k1: 0.9, b: 0.4)
            for query in queries {
                let all = reference.search(query.text, k: 5000, similarity: similarity)
                for reader in readers {
                    for strategy in EvaluationStrategy.allCases {
                        var searcher = try Searcher(reader: reader, similarity: similarity)
                        searcher.strategy = strategy
                        for k in [1, 10, 100, 5000] {
                            searcher.tuning = Self.tuning(&random)
                            expectSame(
                                try searcher.search(query.text, k: k), Array(all.prefix(k)),
                                "'\(query.text)', k \(k), \(variant), \(strategy), \(searcher.tuning)")
                        }
                    }
                }
            }
        }
    }

    @Test("Where sums may not be exact everything is scored in the order of the terms.")
    func inexact() {
        func saturation(_ weight: Float) -> Saturation { Saturation(ceiling: weight, slope: weight, offset: 1) }
        #expect(ExactSums.hold([saturation(11), saturation(0.001), saturation(3)]))
        #expect(!ExactSums.hold([saturation(11), saturation(1e-9)]))
        #expect(!ExactSums.hold([saturation(.leastNormalMagnitude)]))
        #expect(ExactSums.hold([Saturation]()))
    }

    @Test("Sums that are said to be exact do not depend on their order.")
    func exactness() {
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let terms = (0..<8).map { _ in
                let slope = Float.random(in: 1e-6...20, using: &random)
                return Saturation(
                    ceiling: slope * Float.random(in: 1...3, using: &random), slope: slope,
                    offset: Float.random(in: 1...2, using: &random))
            }
            guard ExactSums.hold(terms) else { continue }
            let parts = terms.map {
                Double(
                    $0.score(
                        frequency: Float(Int.random(in: 1...300, using: &random)),
                        inverseNorm: Float.random(in: 0.0001...5, using: &random)))
            }
            let sum = parts.reduce(0, +)
            for _ in 0..<5 { #expect(parts.shuffled(using: &random).reduce(0, +) == sum, "seed \(seed)") }
        }
    }

    @Test("A bound of a block is never below a contribution in it, for every variant and free parameters.")
    func bounds() {
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let similarity = BM25(
                BM25Variant.allCases.randomElement(using: &random) ?? .lucene,
                k1: Double.random(in: 0...4, using: &random), b: Double.random(in: 0...1, using: &random),
                delta: Double.random(in: 0...3, using: &random))
            let lengths = (0..<128).map { _ in UInt32.random(in: 1...2000, using: &random) }
            let frequencies = lengths.map { UInt32.random(in: 1...min($0, 300), using: &random) }
            let codes = LengthCodes(of: (1...700).map { UInt32($0 * 3 - 2) })
            let average = Double.random(in: 1...500, using: &random)
            var builder = BlockBoundBuilder(codes: codes, averageLength: average)
            for (frequency, code) in zip(frequencies, codes.codes(of: lengths)) {
                builder.add(frequency: frequency, length: code)
            }
            let codeNorms = (0..<256).map {
                similarity.inverseNorm(
                    length: Int(codes.lengths[min($0, codes.lengths.count - 1)]), averageLength: average)
            }
            let saturation = similarity.saturation(
                queryFrequency: Double(Int.random(in: 1...3, using: &random)),
                inverseDocumentFrequency: similarity.inverseDocumentFrequency(
                    documentFrequency: Int.random(in: 1...1000, using: &random), documentCount: 1000))
            let bound = saturation.score(product: builder.take().product(codeNorms))
            for (frequency, length) in zip(frequencies, lengths) {
                let part = saturation.score(
                    frequency: Float(frequency),
                    inverseNorm: similarity.inverseNorm(length: Int(length), averageLength: average))
                #expect(part <= bound && part >= 0 && part <= saturation.ceiling, "seed \(seed), \(similarity)")
            }
        }
    }
}
