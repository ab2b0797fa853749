import DecoyTestSupport
import Foundation
import Testing

@testable import NegativeMining

struct MiningReportTests {
    @Test("A score summary's count and ends are exact, its mean nearly, its quantiles within 2 %.", arguments: 0..<5)
    func summary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let scores = (0..<999).map { _ in Double.random(in: -5...30, using: &random) }
        var collector = ScoreCollector()
        for score in scores { collector.add(score) }
        let summary = collector.summary
        let sorted = scores.sorted()
        #expect(summary.count == 999 && summary.minimum == sorted.first && summary.maximum == sorted.last)
        #expect(abs((summary.mean ?? 0) - scores.reduce(0, +) / 999) < 1e-7)
        for (quantile, place) in [
            (summary.quantiles?.p10, 99), (summary.quantiles?.p50, 499), (summary.quantiles?.p90, 898),
        ] {
            #expect(abs((quantile ?? .nan) - sorted[place]) <= 0.02 * abs(sorted[place]) + 1e-9, "seed \(seed)")
        }
        var shuffled = ScoreCollector()
        for score in scores.shuffled(using: &random) { shuffled.add(score) }
        #expect(shuffled.summary == summary)
        #expect(ScoreCollector().summary == ScoreSummary(count: 0))
    }

    @Test("A report survives JSON, with its options and seed.")
    func json() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 2)
        let options = MiningOptions(sampling: .random, seed: .max)
        let miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options)
        let report = try miner.mine(queries: queries, qrels: qrels) { #expect($0.rejections == nil) }
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(MiningReport.self, from: data) == report)
        #expect(report.options.seed == .max && report.retriever == "fake")
    }
}
