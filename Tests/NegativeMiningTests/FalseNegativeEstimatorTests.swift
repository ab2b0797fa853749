import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import NegativeMining

/// Topics of six documents each; a query has two positives of its topic, which share words that it doesn't ask for.
private struct Topics {
    var fake = FakeRetriever()
    var queries: [Query] = []
    var qrels = Qrels()

    init(seed: UInt64, count: Int = 40) {
        var random = SeededGenerator(seed: seed)
        for topic in 0..<count {
            for number in 0..<6 {
                // Two documents an aspect: they share four words that no others have.
                let aspect = (0..<4).map { "a\(topic)x\(number / 2)x\($0)" }
                let noise = (0..<6).map { _ in "n\(Int.random(in: 0..<50, using: &random))" }
                let id = "d\(topic)-\(number)"
                fake.documents[id] = Document(id: id, text: (["t\(topic)"] + aspect + noise).joined(separator: " "))
            }
        }
        let ids = fake.documents.keys.sorted()
        for topic in 0..<count {
            let query = Query(id: "q\(topic)", text: "t\(topic)")
            queries.append(query)
            let positives: Set = ["d\(topic)-0", "d\(topic)-1"]
            fake.ranked[query.id] = ids.compactMap { id in
                let own = id.hasPrefix("d\(topic)-")
                guard own || Int.random(in: 0..<12, using: &random) == 0 else { return nil }
                let bonus = positives.contains(id) ? 1.0 : own ? 0.7 : 0
                return ScoredDocument(id: id, score: bonus + Double.random(in: 0...1, using: &random))
            }
            for id in positives.sorted() { qrels.judge(query: query.id, document: id, grade: 1) }
        }
    }
}

struct FalseNegativeEstimatorTests {
    private func fit(
        _ fake: FakeRetriever, _ queries: [Query], _ qrels: Qrels,
        _ options: EstimateOptions = .init(minimumHidden: 20, seed: 4)
    ) throws -> FalseNegativeEstimator {
        try .fitted(retriever: fake, documents: fake, queries: queries, qrels: qrels, options: options)
    }

    @Test("Neither the order of queries nor that of judgements changes the estimate.")
    func shuffled() throws {
        let world = Topics(seed: 1)
        let estimate = try fit(world.fake, world.queries, world.qrels).estimate
        #expect(estimate.origin == .fitted && estimate.hiddenPositives == 80)
        var random = SeededGenerator(seed: 5)
        var qrels = Qrels()
        for query in world.queries.shuffled(using: &random) {
            for id in world.qrels.relevant(to: query.id).reversed() {
                qrels.judge(query: query.id, document: id, grade: 1)
            }
        }
        let other = try fit(world.fake, world.queries.shuffled(using: &random), qrels).estimate
        #expect(other == estimate)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try encoder.encode(other) == encoder.encode(estimate))
        #expect(try JSONDecoder().decode(FalseNegativeEstimate.self, from: encoder.encode(estimate)) == estimate)
    }

    @Test("The miner keeps out exactly the candidates above the limit, and says each one's probability.")
    func filter() throws {
        let world = Topics(seed: 2)
        let estimator = try fit(world.fake, world.queries, world.qrels)
        let limit = estimator.estimate.limit
        let hidden = HiddenPositives(queries: world.queries, qrels: world.qrels, seed: 4)
        for rangeMin in [0, 3] {
            let miner = try HardNegativeMiner(
                retriever: world.fake, documents: world.fake,
                options: MiningOptions(rangeMin: rangeMin, relativeMargin: nil), estimator: estimator, explains: true)
            var rejected = 0
            let report = try miner.mine(queries: world.queries, qrels: hidden.qrels) { mined in
                let candidates = Ranking(queryID: mined.query.id, sorting: world.fake.ranked[mined.query.id] ?? [])
                    .documents.filter { !mined.positives.map(\.document).contains($0.id) }
                let known = Dictionary(
                    uniqueKeysWithValues: zip(
                        candidates.map(\.id),
                        try estimator.probabilities(mined.query, positives: mined.positives, candidates: candidates)))
                for negative in mined.negatives {
                    #expect(negative.falseNegativeProbability == known[negative.document])
                    #expect((negative.falseNegativeProbability ?? 1) <= limit)
                }
                for rejection in mined.rejections ?? [] where rejection.reason == .falseNegativeProbability {
                    #expect(rejection.falseNegativeProbability == known[rejection.document])
                    #expect((rejection.falseNegativeProbability ?? 0) > limit)
                    rejected += 1
                }
            }
            #expect(rejected > 0 && report.rejected["falseNegativeProbability"] == rejected)
            #expect(report.falseNegativeEstimate == estimator.estimate)
            #expect(report.filters.contains("falseNegativeProbability"))
        }
    }

    @Test("A candidate without an estimate passes.")
    func withoutEstimate() throws {
        let world = Topics(seed: 3, count: 3)
        let context = try MiningContext(
            query: world.queries[0], positives: [], texts: TextIndex(documents: world.fake))
        let filter = FalseNegativeProbabilityFilter(limit: 0.3)
        func reason(_ probability: Double?) -> RejectionReason? {
            filter.rejection(
                of: MiningCandidate(
                    document: "d", score: 1, rank: 0, contentHash: 1, falseNegativeProbability: probability),
                in: context)
        }
        #expect(reason(nil) == nil && reason(0.3) == nil)
        #expect(reason(0.31) == .falseNegativeProbability)
    }

    @Test("With too few hidden positives the standard coefficients serve, with the limit that was given.")
    func fallback() throws {
        let world = Topics(seed: 4, count: 5)
        #expect(try fit(world.fake, world.queries, world.qrels).estimate == .standard)
        let limited = try fit(world.fake, world.queries, world.qrels, EstimateOptions(limit: 0.4)).estimate
        #expect(limited.origin == .standard && limited.limit == 0.4 && limited.recall == nil)
        #expect(try fit(world.fake, [], Qrels()).estimate == .standard)
    }

    @Test("An estimate with a second retriever needs one.")
    func second() throws {
        let world = Topics(seed: 5)
        let fitted = try FalseNegativeEstimator.fitted(
            retriever: world.fake, documents: world.fake, queries: world.queries, qrels: world.qrels,
            second: world.fake, options: EstimateOptions(minimumHidden: 20))
        #expect(fitted.estimate.features == FalseNegativeFeature.allCases)
        #expect(throws: MiningError.self) { try FalseNegativeEstimator(fitted.estimate, documents: world.fake) }
        _ = try FalseNegativeEstimator(fitted.estimate, documents: world.fake, second: world.fake)
    }

    @Test("Hidden positives are one of each query with several, and the rest stays judged.")
    func hidden() {
        let world = Topics(seed: 6)
        var qrels = world.qrels
        qrels.judge(query: "q3", document: "d3-1", grade: 0)
        let hidden = HiddenPositives(queries: world.queries, qrels: qrels, seed: 8)
        #expect(hidden.queries.count == 39 && hidden.documents["q3"] == nil)
        for query in hidden.queries {
            let all = Set(qrels.relevant(to: query.id))
            let rest = Set(hidden.qrels.relevant(to: query.id))
            #expect(all.subtracting(rest) == [hidden.documents[query.id] ?? ""])
        }
        #expect(Set(hidden.parts.values) == [0, 1, 2, 3, 4])
        #expect(HiddenPositives(queries: world.queries, qrels: qrels, seed: 8, limit: 10).queries.count == 10)
        // A third positive makes a third round, of its query alone, in the same part.
        qrels.judge(query: "q5", document: "d5-2", grade: 2)
        let rounds = HiddenPositives.rounds(queries: world.queries, qrels: qrels, seed: 8)
        #expect(rounds.map(\.queries.count) == [39, 39, 1])
        #expect(Set(rounds.compactMap { $0.documents["q5"] }) == ["d5-0", "d5-1", "d5-2"])
        #expect(Set(rounds.compactMap { $0.parts["q5"] }).count == 1)
    }

    @Test("The test's counts equal those by hand, and an estimate keeps more hidden positives out than it costs.")
    func hiddenPositiveTest() throws {
        let world = Topics(seed: 7)
        let test = try HiddenPositiveTest(
            retriever: world.fake, documents: world.fake, queries: world.queries, qrels: world.qrels)
        let none = MiningOptions(relativeMargin: nil, dedupe: .off)
        let margin = MiningOptions(relativeMargin: 0.1, dedupe: .off)
        let report = try test.run([
            .init("margin", options: margin),
            .init("estimate", options: none, estimate: .fitted(EstimateOptions(minimumHidden: 20))),
            .init("known", options: none, estimate: .known(.standard)),
        ])
        var hidden = 0
        var others = 0
        var keptHidden = 0
        var keptOthers = 0
        #expect(test.rounds.map(\.queries.count) == [40, 40] && report.hidden == 80)
        for (round, query) in test.rounds.flatMap({ round in round.queries.map { (round, $0) } }) {
            let positive = round.qrels.relevant(to: query.id)
            let ranked = Ranking(queryID: query.id, sorting: world.fake.ranked[query.id] ?? []).documents
            let lowest = try #require(ranked.first { $0.id == positive.first }).score
            for document in ranked.filter({ $0.id != positive.first }).prefix(50) {
                let passes = document.score <= lowest - abs(lowest) * 0.1
                if document.id == round.documents[query.id] {
                    hidden += 1
                    if passes { keptHidden += 1 }
                } else {
                    others += 1
                    if passes { keptOthers += 1 }
                }
            }
        }
        #expect(report.counts.hidden50 == hidden && report.counts.others50 == others)
        #expect(report.rows[0].kept.hidden50 == keptHidden && report.rows[0].kept.others50 == keptOthers)
        #expect(report.rows[1].origins == Array(repeating: .fitted, count: 5))
        #expect(report.rows[2].origins == Array(repeating: .standard, count: 5))
        #expect(report.rows[1].hiddenKeptOut50 > 0.7 && report.rows[1].othersStay50 > 0.9)
    }
}
