import Foundation
import Testing

@testable import RetrievalEvaluation

/// The golden numbers are SciPy's and statsmodels'; `Fixtures/make_statistics.py` says how they were made.
struct StatisticsGoldenTests {
    private func rows(_ name: String) throws -> [[String]] { try Fixture.rows(name, separator: "\t") }

    private func values(_ text: String) throws -> [Double] {
        try JSONDecoder().decode([Double].self, from: Data(text.utf8))
    }

    @Test("The noncentral t distribution equals SciPy's to 1e-10.")
    func noncentralT() throws {
        let rows = try rows("noncentral_t.tsv").map { row in try row.map { try #require(Double($0)) } }
        #expect(rows.count > 100)
        for row in rows {
            let ours = NoncentralT(freedom: row[1], noncentrality: row[2]).cumulative(row[0])
            #expect(
                abs(ours - row[3]) < 1e-10,
                "t \(row[0]), freedom \(row[1]), noncentrality \(row[2]): \(ours), \(row[3])")
        }
    }

    @Test("Effect sizes and minimum detectable differences equal those made with SciPy to 1e-8.")
    func effects() throws {
        for row in try rows("effects.tsv") {
            let differences = try values(row[0])
            let effect = try #require(EffectSize.paired(differences))
            let detectable = try #require(EffectSize.minimumDetectable(differences))
            let golden = try row[1...2].map { try #require(Double($0)) }
            #expect(abs(effect - golden[0]) < 1e-10, "n = \(differences.count)")
            #expect(
                abs(detectable - golden[1]) < 1e-8 * golden[1], "n = \(differences.count): \(detectable), \(golden[1])")
        }
        for equal in [[], [0.3], [0, 0, 0], [0.5, 0.5], [0.3 - 0.2, 0.2 - 0.1]] as [[Double]] {
            #expect(EffectSize.paired(equal) == nil && EffectSize.minimumDetectable(equal) == nil)
        }
    }

    @Test(
        "The mixed test over queries and seeds equals an analysis of variance and SciPy's F, whichever variance is below 0."
    )
    func mixed() throws {
        var kinds: Set<String> = []
        for row in try rows("mixed.tsv") {
            let differences = try JSONDecoder().decode([[Double]].self, from: Data(row[0].utf8))
            let golden = try #require(Double(row[2]))
            let p = try #require(MixedTest().pValue(differences: differences))
            #expect(abs(p - golden) < 1e-10, "\(differences.count) seeds, \(row[1]): \(p), \(golden)")
            kinds.insert(row[1])
        }
        #expect(kinds == ["qs", "q-", "-s", "--"])
    }

    @Test("Holm and Benjamini-Hochberg equal statsmodels.")
    func corrections() throws {
        for row in try rows("corrections.tsv") {
            let p = try values(row[0])
            for (correction, golden) in [(Correction.holm, row[1]), (.benjaminiHochberg, row[2])] {
                #expect(zip(correction.corrected(p), try values(golden)).allSatisfy { abs($0 - $1) < 1e-12 })
            }
        }
    }

    @Test("The bootstrap test and interval come as near to those of a million resamples as their own resamples allow.")
    func bootstrap() throws {
        for row in try rows("bootstrap.tsv") {
            let differences = try values(row[0])
            let golden = try row[1...3].map { try #require(Double($0)) }
            // Four standard errors of a share p of m resamples; the million's own error is a tenth of ours at most.
            let resamples = 4000
            let p = BootstrapTest(resamples: resamples, seed: 7).pValue(differences: differences)
            let error = (golden[0] * (1 - golden[0]) / Double(resamples)).squareRoot()
            #expect(
                abs(p - golden[0]) < 4.4 * error + 2 / Double(resamples), "n = \(differences.count): \(p), \(golden[0])"
            )
            // The standard error of a quantile is √(q (1 − q) / m) over the density there, for a normal mean 0.058 deviations at 2.5 %.
            let interval = BootstrapInterval(ofMean: differences, resamples: resamples, seed: 7)
            let spread = Statistics.deviation(differences) / Double(differences.count).squareRoot()
            let allowed = 4.4 * (0.025 * 0.975 / Double(resamples)).squareRoot() / 0.0584 * spread
            #expect(abs(interval.lower - golden[1]) < allowed && abs(interval.upper - golden[2]) < allowed)
        }
    }

    @Test("The sampled randomization test comes as near to SciPy's million permutations as its own number allows.")
    func randomization() throws {
        for row in try rows("randomization.tsv") {
            let golden = try #require(Double(row[1]))
            let permutations = 10_000
            let p = RandomizationTest(permutations: permutations, seed: 3).pValue(differences: try values(row[0]))
            let error = (golden * (1 - golden) / Double(permutations)).squareRoot()
            #expect(abs(p - golden) < 4.4 * error + 2 / Double(permutations), "\(p), \(golden)")
        }
    }
}
