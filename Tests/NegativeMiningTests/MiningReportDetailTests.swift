import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

@Suite("Details of a mining report")
struct MiningReportDetailTests {
    /// Two queries: positives at 8 and 4, candidates around them.
    private static func small() -> (retriever: FakeRetriever, queries: [Query], qrels: Qrels) {
        var fake = FakeRetriever()
        for place in 0..<9 { fake.documents["d\(place)"] = Document(id: "d\(place)", text: "text \(place)") }
        fake.ranked["a"] = [("d0", 10), ("d1", 8), ("d2", 6), ("d3", 4), ("d4", 2)].map {
            ScoredDocument(id: $0, score: $1)
        }
        fake.ranked["b"] = [("d5", 5), ("d6", 4), ("d7", 1)].map { ScoredDocument(id: $0, score: $1) }
        var qrels = Qrels()
        qrels.judge(query: "a", document: "d1", grade: 1)
        qrels.judge(query: "b", document: "d6", grade: 1)
        return (fake, [Query(id: "a", text: "first"), Query(id: "b", text: "second")], qrels)
    }

    private func report(
        _ options: MiningOptions, _ detail: MiningReportDetail = .init(), reversed: Bool = false, threads: Int = 1
    ) throws -> MiningReport {
        let (fake, queries, qrels) = Self.small()
        var miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options)
        miner.reportDetail = detail
        miner.threads = threads
        return try miner.mine(queries: reversed ? queries.reversed() : queries, qrels: qrels) { _ in }
    }

    @Test("Fates, ranks and histograms of a tiny case are those counted by hand.")
    func golden() throws {
        let report = try report(MiningOptions(numNegatives: 2, relativeMargin: 0.05, ifTooFew: .keep))
        #expect(
            report.fates
                == [
                    FateSummary(fate: "kept", candidates: 3, meanRank: 4.0 / 3, meanRelativeScore: 0.5),
                    FateSummary(fate: "relativeMargin", candidates: 2, meanRank: 0, meanRelativeScore: 1.25),
                    FateSummary(fate: "surplus", candidates: 1, meanRank: 3, meanRelativeScore: 0.25),
                ].map { fate in
                    var fate = fate
                    fate.meanRank = fate.meanRank.map(MeanCollector.rounded)
                    return fate
                })
        func rank(_ rank: Int, _ counts: [Int], _ scores: [Double?]) -> RankSummary {
            RankSummary(
                firstRank: rank, lastRank: rank, kept: counts[0], rejected: counts[1], unused: counts[2],
                keptRelativeScore: scores[0], rejectedRelativeScore: scores[1], unusedRelativeScore: scores[2])
        }
        #expect(
            report.ranks == [
                rank(0, [0, 2, 0], [nil, 1.25, nil]), rank(1, [2, 0, 0], [0.5, nil, nil]),
                rank(2, [1, 0, 0], [0.5, nil, nil]), rank(3, [0, 0, 1], [nil, nil, 0.25]),
            ])
        let relative = try #require(report.relativeScoreHistogram)
        #expect(relative.edges.count == 41 && relative.edges[1] == 0.05 && relative.edges[40] == 2)
        #expect(Self.filled(relative.kept) == [5: 1, 10: 1, 15: 1] && relative.positives == nil)
        #expect(Self.filled(relative.rejected) == [25: 2] && Self.filled(relative.unused) == [5: 1])
        // From 1 to 10 in bins of 0.5.
        let scores = try #require(report.scoreHistogram)
        #expect(scores.edges == (0...18).map { 1 + Double($0) / 2 })
        #expect(
            Self.filled(scores.positives ?? []) == [6: 1, 14: 1] && Self.filled(scores.kept) == [0: 1, 6: 1, 10: 1])
        #expect(Self.filled(scores.rejected) == [8: 1, 17: 1] && Self.filled(scores.unused) == [2: 1])
        #expect(report.rejectedScores.count == 2 && report.unusedScores.count == 1)
        #expect(report.queriesByNegatives == [.init(negatives: 1, queries: 1), .init(negatives: 2, queries: 1)])
        #expect(
            report.shortest == [
                ShortQuery(
                    query: "b", text: "second", found: 1, negatives: 1, isWidened: false, filled: 0, isDropped: false,
                    rejected: ["positive": 1, "relativeMargin": 1])
            ])
        let example = try #require(report.examples?.first { $0.query == "a" })
        #expect(example.positives == [CandidateFate(document: "d1", fate: "positive", score: 8, text: "text 1")])
        #expect(example.negatives.map(\.document) == ["d2", "d3"] && example.unusedCount == 1)
        #expect(
            example.rejected == [
                CandidateFate(
                    document: "d0", fate: "relativeMargin", score: 10, rank: 0, positiveScore: 8, margin: -2,
                    evidence: RejectionEvidence(value: 10, limit: 8 - 8 * 0.05), text: "text 0")
            ])
    }

    private static func filled(_ counts: [Int]) -> [Int: Int] {
        Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $1 > 0 }.map { ($0, $1) })
    }

    @Test("What was done with a query that has too few survivors stands beside it.")
    func shortfall() throws {
        let options = MiningOptions(numNegatives: 3, relativeMargin: 0.05, ifTooFew: .keep)
        func shortest(_ choice: MiningOptions.Shortfall) throws -> [String: ShortQuery] {
            var options = options
            options.ifTooFew = choice
            let list = try report(options).shortest ?? []
            return Dictionary(uniqueKeysWithValues: list.map { ($0.query, $0) })
        }
        #expect(try shortest(.keep)["b"]?.negatives == 1)
        #expect(try shortest(.keep)["a"] == nil)
        let filled = try #require(try shortest(.fillRandom)["b"])
        #expect(filled.found == 1 && filled.filled == 2 && filled.negatives == 3)
        let dropped = try #require(try shortest(.drop)["b"])
        #expect(dropped.isDropped && dropped.found == 1 && dropped.negatives == 0)
    }

    @Test(
        "Details equal those counted from all fates, and neither the order of queries nor threads change them.",
        arguments: 0..<6)
    func reference(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        var generator = SeededGenerator(seed: seed)
        let options = MiningOptions(
            numNegatives: 3, rangeMin: 1, rangeMax: 12, sampling: seed % 2 == 0 ? .top : .random, seed: seed,
            ifTooFew: MiningOptions.Shortfall.allCases[Int(seed) % 4])
        var miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, explains: true)
        miner.reportDetail = MiningReportDetail(examples: 4, shortQueries: 3)
        var fates: [CandidateFate] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { fates += $0.fates }
        miner.threads = 3
        miner.batchSize = 2
        let shuffled = try miner.mine(queries: queries.shuffled(using: &generator), qrels: qrels) { _ in }
        #expect(report == shuffled, "seed \(seed)")
        #expect(report.examples?.count == 4)

        let candidates = fates.filter { $0.fate != "positive" }
        let counts = Dictionary(grouping: candidates, by: \.fate).mapValues(\.count)
        let summaries = try #require(report.fates)
        #expect(Dictionary(uniqueKeysWithValues: summaries.map { ($0.fate, $0.candidates) }) == counts, "seed \(seed)")
        for rank in try #require(report.ranks) {
            let own = candidates.filter { $0.rank == rank.firstRank }
            #expect(rank.kept == own.count { $0.fate == "kept" }, "seed \(seed)")
            #expect(rank.kept + rank.rejected + rank.unused == own.count, "seed \(seed)")
            let relative = own.compactMap { fate -> Double? in
                guard fate.fate == "kept", let score = fate.score, let positive = fate.positiveScore, positive > 0
                else {
                    return nil
                }
                return score / positive
            }
            if relative.isEmpty {
                #expect(rank.keptRelativeScore == nil, "seed \(seed)")
            } else {
                let mean = relative.reduce(0, +) / Double(relative.count)
                #expect(abs((rank.keptRelativeScore ?? .nan) - mean) < 1e-8, "seed \(seed)")
            }
        }
        let histogram = try #require(report.scoreHistogram)
        #expect(histogram.kept.reduce(0, +) == report.negativeScores.count)
        #expect(histogram.positives?.reduce(0, +) == report.positiveScores.count)
    }

    @Test("Ranks stand alone below 100, then in tens, then in hundreds.")
    func deepRanks() {
        var collector = RankCollector()
        for rank in [0, 99, 100, 109, 110, 999, 1000, 1099, 9999, 10_000, 123_456] {
            collector.add(rank: rank, .kept, relativeScore: nil)
        }
        #expect(
            collector.summaries.map { [$0.firstRank, $0.lastRank, $0.kept] } == [
                [0, 0, 1], [99, 99, 1], [100, 109, 2], [110, 119, 1], [990, 999, 1], [1000, 1099, 2], [9900, 9999, 1],
                [10_000, 10_999, 1], [120_000, 129_999, 1],
            ])
    }

    @Test("Bins have round ends, hold every value, and are few.", arguments: 0..<40)
    func scales(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let size = Double.random(in: -12...12, using: &generator)
        let middle = Double.random(in: -1...1, using: &generator) * 10
        let unit = [1e-6, 1e-3, 1, 1e4, 1e12][Int(seed) % 5]
        let values = (0..<50).map { _ in (middle + size * Double.random(in: 0...1, using: &generator)) * unit }
        var collector = ScoreCollector()
        for value in values { collector.add(value) }
        let scale = try #require(HistogramScale(from: values.min() ?? 0, to: values.max() ?? 0))
        #expect((1...61).contains(scale.count), "seed \(seed): \(scale.count)")
        #expect(scale.edges[0] <= values.min() ?? 0 && scale.edges[scale.count] >= values.max() ?? 0, "seed \(seed)")
        #expect(zip(scale.edges, scale.edges.dropFirst()).allSatisfy { $0 < $1 })
        #expect(collector.counts(on: scale).reduce(0, +) == 50)
        for (one, other) in zip(scale.edges, scale.edges.dropFirst()) {
            #expect(scale.bin(of: (one + other) / 2) == scale.edges.firstIndex(of: one), "seed \(seed)")
        }
    }

    @Test("Scales of equal, of huge and of no values don't trap.")
    func oddScales() {
        #expect(HistogramScale(from: 3, to: 3)?.count == 1)
        #expect(HistogramScale(from: 0, to: 0)?.count == 1)
        #expect(HistogramScale(from: -1.7e308, to: 1.7e308) == nil)
        #expect(HistogramScale(from: .infinity, to: -.infinity) == nil)
        #expect(HistogramScale(from: 1e300, to: 1e300 * (1 + 1e-12)) == nil)
        #expect(HistogramScale(from: 0, to: .leastNonzeroMagnitude) == nil)
        #expect(HistogramScale(from: 0, to: 0.3)?.edges.contains(0.07) == true)
    }
}
