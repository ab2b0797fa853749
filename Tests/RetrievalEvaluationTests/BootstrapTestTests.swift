import DecoyTestSupport
import Testing

@testable import RetrievalEvaluation

struct BootstrapTestTests {
    @Test("It is reproducible, never 0, and without a difference or with too few queries nothing is significant.")
    func degenerate() {
        let test = BootstrapTest(resamples: 199, seed: 2)
        #expect(test.pValue(differences: []) == 1 && test.pValue(differences: [0, 0]) == 1)
        #expect(test.pValue(differences: [0.4]) == 1)
        #expect(test.pValue(differences: [0.5, -0.5, 0.25, -0.25]) == 1)
        #expect(test.pValue(differences: [0.5, 0.5, 0.5]) == 1 / 200.0)
        var random = SeededGenerator(seed: 3)
        let clear = (0..<60).map { _ in Double.random(in: 0.9...1, using: &random) }
        #expect(test.pValue(differences: clear) == 1 / 200.0)
        #expect(test.pValue(differences: clear) == test.pValue(differences: clear))
        #expect(test.name == "bootstrap")
    }

    @Test("With many queries it comes near the t-test, and turning the signs changes nothing.")
    func nearTTest() {
        var random = SeededGenerator(seed: 4)
        for shift in [0, 0.02, 0.05] {
            let differences = (0..<150).map { _ in Double.random(in: -0.3...0.3, using: &random) + shift }
            let test = BootstrapTest(resamples: 2000, seed: 1)
            let p = test.pValue(differences: differences)
            #expect(abs(p - PairedTTest().pValue(differences: differences)) < 0.05, "seed 4, shift \(shift)")
            #expect(p == test.pValue(differences: differences.map { -$0 }))
        }
    }
}
