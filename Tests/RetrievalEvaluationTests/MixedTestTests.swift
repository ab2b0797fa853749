import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct MixedTestTests {
    @Test("Without spread over seeds beyond the rest it is the t-test over queries averaged over seeds.")
    func fallsBackToQueries() throws {
        let byQuery = [0.1, -0.2, 0.3, 0.15, 0.05, 0.2]
        let copies = try #require(MixedTest().pValue(differences: [byQuery, byQuery, byQuery]))
        #expect(abs(copies - PairedTTest().pValue(differences: byQuery)) < 1e-12)
    }

    @Test(
        "Seeds that differ make a difference less sure than queries alone, and swapping queries and seeds changes nothing."
    )
    func seedsCount() throws {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<20 {
            let shifts = (0..<4).map { _ in Double.random(in: -0.05...0.15, using: &random) }
            let queries = (0..<30).map { _ in Double.random(in: -0.1...0.1, using: &random) }
            let table = shifts.map { shift in
                queries.map { shift + $0 + Double.random(in: -0.02...0.02, using: &random) }
            }
            let mixed = try #require(MixedTest().pValue(differences: table))
            let averaged = queries.indices.map { query in Statistics.mean(table.map { $0[query] }) }
            #expect(mixed >= PairedTTest().pValue(differences: averaged), "seed 21")
            let turned = queries.indices.map { query in table.map { $0[query] } }
            #expect(abs(mixed - (MixedTest().pValue(differences: turned) ?? .nan)) < 1e-12)
        }
    }

    @Test("One seed, one query or rows of different lengths have no p-value; equal differences have 0 or 1.")
    func degenerate() {
        #expect(MixedTest().pValue(differences: []) == nil)
        #expect(MixedTest().pValue(differences: [[0.1, 0.2]]) == nil)
        #expect(MixedTest().pValue(differences: [[0.1], [0.2]]) == nil)
        #expect(MixedTest().pValue(differences: [[0.1, 0.2], [0.1]]) == nil)
        #expect(MixedTest().pValue(differences: [[0, 0], [0, 0]]) == 1)
        #expect(MixedTest().pValue(differences: [[0.5, 0.5], [0.5, 0.5]]) == 0)
    }

    private func system(_ name: String, _ seeds: [[Double]]) throws -> SeededEvaluations {
        try SeededEvaluations(
            name: name,
            evaluations: seeds.map { values in
                Evaluation(
                    name: name, measures: try Measure.list("RR"), queryIDs: values.indices.map { "q\($0)" },
                    values: [values],
                    coverage: Coverage(
                        judged: values.count, retrieved: values.count, missing: 0, extra: 0, withoutRelevant: 0,
                        missingQueryIDs: [], extraQueryIDs: []))
            })
    }

    @Test(
        "Comparisons of systems with seeds have the mixed p: seeds pair by order and a baseline with one evaluation is repeated."
    )
    func comparisons() throws {
        let fixed = try system("bm25", [[0.1, 0.5, 0.4, 0.2]])
        let old = try system("before", [[0.2, 0.5, 0.5, 0.1], [0.3, 0.4, 0.6, 0.1]])
        let new = try system("after", [[0.4, 0.5, 0.7, 0.2], [0.5, 0.6, 0.6, 0.3]])
        let three = try system("three", [[0.4, 0.5, 0.7, 0.2], [0.5, 0.6, 0.6, 0.3], [0, 0, 0, 1]])
        let comparisons = try Comparator().compare([
            (baseline: fixed, run: new), (baseline: old, run: new), (baseline: old, run: fixed),
            (baseline: old, run: three),
        ])
        let measure = try Measure("RR")
        func rows(_ one: SeededEvaluations) -> [[Double]] { one.evaluations.compactMap { $0.values(of: measure) } }
        func minus(_ one: [[Double]], _ other: [[Double]]) -> [[Double]] {
            zip(one, other).map { zip($0, $1).map { $0 - $1 } }
        }
        let repeated = [rows(fixed)[0], rows(fixed)[0]]
        #expect(comparisons[0].pMixed == MixedTest().pValue(differences: minus(rows(new), repeated)))
        #expect(comparisons[1].pMixed == MixedTest().pValue(differences: minus(rows(new), rows(old))))
        #expect(comparisons[0].pMixed != nil && comparisons[1].pMixed != nil)
        #expect(comparisons[2].pMixed == nil && comparisons[3].pMixed == nil)
        #expect(comparisons.allSatisfy { $0.effectSize != nil && $0.minimumDetectable != nil })
        let plain = try Comparator().compare([(baseline: old.averaged, run: new.averaged)])
        #expect(plain[0].pMixed == nil && plain[0].effectSize == comparisons[1].effectSize)
        let text = try StableJSON.text(comparisons[0])
        for key in ["effectSize", "minimumDetectable", "pMixed"] { #expect(text.contains("\"\(key)\"")) }
    }
}
