import DecoyTestSupport
import RetrievalData
import Testing

@testable import RetrievalEvaluation

@Suite("Curves of recall and precision")
struct RankCurveTests {
    @Test("Recall by depth equals R@k, and precision by recall its definition, on random runs with several seeds.")
    func equalsDefinition() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        var qrels = Qrels()
        for query in 0..<12 where query != 7 {
            for document in 0..<random.next(below: 12) {
                qrels.judge(query: "q\(query)", document: "d\(document)", grade: random.next(below: 4) - 1)
            }
        }
        let runs = (0..<2).map { _ in
            Run(
                name: "r",
                rankings: (0..<10).map { query in
                    Ranking(
                        queryID: "q\(query)",
                        sorting: (0..<random.next(below: 15)).map {
                            ScoredDocument(id: "d\($0)", score: Double(random.next(below: 6)))
                        })
                })
        }
        let depths = [1, 2, 5, 10, 20]
        let curve = RankCurve(system: "s", runs: runs, qrels: qrels, depths: depths)
        for (place, depth) in depths.enumerated() {
            let measure = try Measure("R@\(depth)")
            let means = try runs.map { run in
                try Evaluator(qrels: qrels, measures: [measure]).evaluate(run).mean(of: measure) ?? .nan
            }
            #expect(abs(curve.recall[place] - (means[0] + means[1]) / 2) < 1e-12, "seed \(seed), depth \(depth)")
        }
        for level in 0...10 {
            var sum = 0.0
            for run in runs {
                for ranking in run.rankings {
                    let relevant = qrels.relevant(to: ranking.queryID)
                    if relevant.isEmpty { continue }
                    var best = 0.0
                    for depth in 1..<max(ranking.documents.count + 1, 1) {
                        let found = ranking.documents.prefix(depth).count { relevant.contains($0.id) }
                        if found * 10 >= level * relevant.count { best = max(best, Double(found) / Double(depth)) }
                    }
                    sum += best
                }
            }
            let expected = sum / Double(2 * qrels.queryIDs.count)
            #expect(abs(curve.precision[level] - expected) < 1e-12, "seed \(seed), recall \(level)/10")
        }
    }

    @Test("Gaps are counted in bins, those beyond an end in the outer one.")
    func hardness() {
        let hardness = NegativeHardness(system: "s", gaps: [-2, -0.5, 0, 0.25, 1, 9], edges: [-1, 0, 0.5, 1])
        #expect(hardness.counts == [2, 2, 2])
        #expect(hardness.shareAbove == 2.0 / 6 && abs(hardness.meanGap - 7.75 / 6) < 1e-12 && hardness.queries == 6)
    }
}
