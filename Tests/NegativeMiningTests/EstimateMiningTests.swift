import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct EstimateMiningTests {
    /// Queries of few words over documents of few words; some documents are missing from the store, some texts repeat.
    private static func world(seed: UInt64) -> (fake: FakeRetriever, queries: [Query], qrels: Qrels) {
        var random = SeededGenerator(seed: seed)
        func text(_ count: Int) -> String {
            (0..<count).map { _ in "w\(Int.random(in: 0..<30, using: &random))" }.joined(separator: " ")
        }
        var fake = FakeRetriever()
        for number in 0..<120 where number % 23 != 5 {
            let id = "d\(number)"
            let repeated = number % 9 == 4 ? fake.documents["d\(number - 1)"]?.text : nil
            fake.documents[id] = Document(id: id, title: text(1), text: repeated ?? text(8))
        }
        var qrels = Qrels()
        let queries = (0..<10).map { Query(id: "q\($0)", text: text(2)) }
        for query in queries {
            fake.ranked[query.id] = (0..<120).map {
                ScoredDocument(id: "d\($0)", score: Double.random(in: 0...9, using: &random))
            }
            for _ in 0..<2 {
                qrels.judge(query: query.id, document: "d\(Int.random(in: 0..<120, using: &random))", grade: 1)
            }
        }
        return (fake, queries, qrels)
    }

    /// The negatives read literally: all candidates in their order, the first that are in the store, below the limit, and new texts.
    private static func literal(
        _ query: Query, _ fake: FakeRetriever, _ qrels: Qrels, _ estimator: FalseNegativeEstimator,
        _ options: MiningOptions
    ) throws -> [DocumentID] {
        let known = qrels.relevant(to: query.id)
        let ranked = Ranking(queryID: query.id, sorting: fake.ranked[query.id] ?? []).documents
        let candidates = ranked.filter { !known.contains($0.id) }
        let positives = known.map { id in
            MinedPositive(document: id, score: ranked.first { $0.id == id }?.score)
        }
        let probabilities = try estimator.probabilities(query, positives: positives, candidates: candidates)
        let deepest = options.ifTooFew == .widen ? options.rangeMax * 10 : options.rangeMax
        var texts = Set(known.compactMap { fake.documents[$0]?.contents })
        var chosen: [DocumentID] = []
        for (rank, candidate) in candidates.enumerated() where rank >= options.rangeMin && rank < deepest {
            guard chosen.count < options.numNegatives, let text = fake.documents[candidate.id]?.contents,
                probabilities[rank] <= estimator.estimate.limit, texts.insert(text).inserted
            else { continue }
            chosen.append(candidate.id)
        }
        return chosen
    }

    @Test(
        "Negatives are the best candidates below the limit, however shallow the first window, on any number of threads.",
        arguments: 0..<4)
    func equalsLiteral(seed: UInt64) throws {
        let (fake, queries, qrels) = Self.world(seed: seed)
        var estimate = FalseNegativeEstimate.standard
        estimate.limit = [0.002, 0.005, 0.01, 0.05][Int(seed)]
        let estimator = try FalseNegativeEstimator(estimate, documents: fake)
        for (rangeMin, rangeMax, shortfall) in [
            (0, 100, MiningOptions.Shortfall.widen), (3, 12, .widen), (0, 30, .keep),
        ] {
            let options = MiningOptions(
                numNegatives: 2, rangeMin: rangeMin, rangeMax: rangeMax, relativeMargin: nil, ifTooFew: shortfall)
            for (threads, early) in [(1, false), (2, true)] {
                var miner = try HardNegativeMiner(
                    retriever: fake, documents: fake, options: options, estimator: estimator)
                miner.threads = threads
                if early { miner.stopEarly() }
                _ = try miner.mine(queries: queries, qrels: qrels) { mined in
                    let expected = try Self.literal(mined.query, fake, qrels, estimator, options)
                    #expect(
                        mined.negatives.map(\.document) == expected,
                        "seed \(seed), ranks \(rangeMin) to \(rangeMax), early \(early)")
                }
            }
        }
    }

    @Test("Each source of a mixture has its own estimate, random documents have none, and reports say so.")
    func mixture() throws {
        let (fake, queries, qrels) = Self.world(seed: 5)
        var strict = FalseNegativeEstimate.standard
        strict.limit = 0
        let mixture = NegativeMixture([
            .init(name: "one", share: 1, kind: .retriever(fake)), .init(name: "two", share: 1, kind: .retriever(fake)),
            .init(name: "random", share: 1, kind: .random),
        ])
        let estimators = try [
            FalseNegativeEstimator(.standard, documents: fake), FalseNegativeEstimator(strict, documents: fake), nil,
        ]
        let miner = try HardNegativeMiner(
            mixture: mixture, documents: fake, options: MiningOptions(numNegatives: 3, relativeMargin: nil),
            estimators: estimators)
        let report = try miner.mine(queries: queries, qrels: qrels) { mined in
            for negative in mined.negatives {
                #expect(negative.source != "two")
                #expect((negative.falseNegativeProbability == nil) == (negative.source == "random"))
            }
        }
        #expect(report.falseNegativeEstimate == nil && report.filters.contains("falseNegativeProbability"))
        #expect(report.sources?.map(\.falseNegativeEstimate?.limit) == [FalseNegativeEstimate.standard.limit, 0, nil])
    }
}
