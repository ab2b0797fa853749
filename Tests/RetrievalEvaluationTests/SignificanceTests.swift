import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct SignificanceTests {
    @Test("Paired t and exact randomization p-values equal SciPy's.")
    func equalsSciPy() throws {
        for row in try Fixture.rows("p_values.tsv", separator: "\t") {
            let old = try JSONDecoder().decode([Double].self, from: Data(row[2].utf8))
            let new = try JSONDecoder().decode([Double].self, from: Data(row[3].utf8))
            let differences = zip(new, old).map { $0 - $1 }
            let t = try #require(Double(row[0]))
            #expect(abs(PairedTTest().pValue(differences: differences) - t) < 1e-10 * max(t, 1e-3), "n = \(old.count)")
            guard let exact = Double(row[1]) else { continue }
            let test = RandomizationTest(permutations: 5000)
            #expect(abs(test.pValue(differences: differences) - exact) < 1e-12, "n = \(old.count)")
        }
    }

    @Test("The sampled randomization test comes near the exact one, is reproducible, and is never 0.")
    func sampled() {
        var random = SeededGenerator(seed: 5)
        let differences = (0..<14).map { _ in Double.random(in: -1...1.3, using: &random) }
        let exact = RandomizationTest(permutations: 20_000).pValue(differences: differences)
        let sampled = RandomizationTest(permutations: 10_000, seed: 3)
        #expect(abs(sampled.pValue(differences: differences) - exact) < 0.02)
        #expect(sampled.pValue(differences: differences) == sampled.pValue(differences: differences))
        let clear = Array(repeating: 0.5, count: 70)
        #expect(RandomizationTest(permutations: 99).pValue(differences: clear) == 0.01)
    }

    @Test("Without a difference, or with too few queries, nothing is significant.")
    func degenerate() {
        for test in [PairedTTest(), RandomizationTest(permutations: 100)] as [any PairedTest] {
            #expect(test.pValue(differences: []) == 1)
            #expect(test.pValue(differences: [0, 0, 0]) == 1)
            #expect(test.pValue(differences: [0.5]) == 1)
        }
        #expect(PairedTTest().pValue(differences: [0.5, 0.5]) == 0)
    }

    @Test("The incomplete beta function has its known values and symmetry.")
    func beta() {
        #expect(abs(regularizedIncompleteBeta(0.5, 2, 2) - 0.5) < 1e-14)
        #expect(abs(regularizedIncompleteBeta(0.25, 1, 3) - (1 - pow(0.75, 3))) < 1e-14)
        #expect(regularizedIncompleteBeta(0, 2, 3) == 0)
        #expect(regularizedIncompleteBeta(1, 2, 3) == 1)
        for x in [0.001, 0.1, 0.4, 0.9, 0.999] {
            let sum = regularizedIncompleteBeta(x, 7.5, 0.5) + regularizedIncompleteBeta(1 - x, 0.5, 7.5)
            #expect(abs(sum - 1) < 1e-13)
        }
        #expect(abs(logGamma(0.5) - 0.5 * log(Double.pi)) < 1e-14)
        #expect(abs(logGamma(11) - log(3_628_800)) < 1e-13)
    }

    @Test("Holm and Benjamini-Hochberg correct as in their papers' definitions.")
    func corrections() {
        let p = [0.01, 0.04, 0.03, 0.005]
        #expect(near(Correction.holm.corrected(p), [0.03, 0.06, 0.06, 0.02]))
        #expect(near(Correction.benjaminiHochberg.corrected(p), [0.02, 0.04, 0.04, 0.02]))
        #expect(Correction.none.corrected(p) == p)
        #expect(Correction.holm.corrected([0.9, 0.8]) == [1, 1])
        #expect(Correction.holm.corrected([]).isEmpty)
    }

    private func near(_ one: [Double], _ other: [Double]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) < 1e-12 }
    }

    @Test("A bootstrap interval holds the mean, is reproducible and narrows with the number of queries.")
    func bootstrap() {
        var random = SeededGenerator(seed: 9)
        let values = (0..<400).map { _ in Double.random(in: 0...1, using: &random) }
        let interval = BootstrapInterval(ofMean: values, resamples: 500, seed: 1)
        let mean = Statistics.mean(values)
        #expect(interval.lower < mean && mean < interval.upper)
        // The interval of a mean is about mean ± 1.96 deviations / √n.
        let half = 1.96 * Statistics.deviation(values) / 20
        #expect(abs((interval.upper - interval.lower) / 2 - half) < half * 0.2)
        #expect(interval == BootstrapInterval(ofMean: values, resamples: 500, seed: 1))
        let few = BootstrapInterval(ofMean: Array(values.prefix(25)), resamples: 500, seed: 1)
        #expect(few.upper - few.lower > 2 * (interval.upper - interval.lower))
    }

    private func evaluation(_ name: String, _ values: [Double]) throws -> Evaluation {
        Evaluation(
            name: name, measures: try Measure.list("RR"), queryIDs: values.indices.map { "q\($0)" }, values: [values],
            coverage: Coverage(
                judged: values.count, retrieved: values.count, missing: 0, extra: 0, withoutRelevant: 0,
                missingQueryIDs: [], extraQueryIDs: []))
    }

    @Test("A comparison counts wins, ties and losses and carries the corrected p.")
    func comparison() throws {
        let old = try evaluation("old", [0.1, 0.5, 0.5, 0.2])
        let new = try evaluation("new", [0.4, 0.5, 0.25, 0.6])
        let comparator = Comparator(intervalLevel: 0.95, resamples: 200)
        let two = try comparator.compare([(old, new), (new, old)])
        #expect(two.map(\.wins) == [2, 1] && two.map(\.ties) == [1, 1] && two.map(\.losses) == [1, 2])
        #expect(abs(two[0].difference - 0.1125) < 1e-12)
        #expect(abs(two[0].pCorrected - min(1, two[0].p * 2)) < 1e-12)
        #expect(two[0].interval != nil && two[0].test == "t" && two[0].queries == 4)
        let short = try evaluation("short", [0.1])
        #expect(throws: EvaluationError.self) { try comparator.compare([(old, short)]) }
        #expect(throws: EvaluationError.self) { try comparator.compare([(old, new)], measures: Measure.list("AP")) }
    }

    @Test("Seeds are averaged per query first, so that copies of a seed do not change p.")
    func seeds() throws {
        let old = [0.1, 0.5, 0.5, 0.2, 0.3, 0.9]
        let new = [0.4, 0.6, 0.4, 0.6, 0.35, 1]
        func system(_ name: String, _ values: [Double], copies: Int) throws -> SeededEvaluations {
            try SeededEvaluations(
                name: name, evaluations: (0..<copies).map { try evaluation("\(name)\($0)", values) })
        }
        let comparator = Comparator()
        let once = try comparator.compare([(system("a", old, copies: 1), system("b", new, copies: 1))])
        let often = try comparator.compare([(system("a", old, copies: 4), system("b", new, copies: 4))])
        #expect(abs(once[0].p - often[0].p) < 1e-9 && once[0].queries == 6)
        let mixed = try SeededEvaluations(name: "m", evaluations: [evaluation("x", old), evaluation("y", new)])
        let measure = try Measure("RR")
        #expect(abs((mixed.averaged.values(of: measure)?[0] ?? 0) - 0.25) < 1e-12)
        let means = [Statistics.mean(old), Statistics.mean(new)]
        #expect(abs((mixed.deviation(of: measure) ?? 0) - abs(means[0] - means[1]) / 2.squareRoot()) < 1e-12)
        #expect(throws: EvaluationError.self) {
            try SeededEvaluations(name: "m", evaluations: [evaluation("x", old), evaluation("y", [1])])
        }
    }
}
