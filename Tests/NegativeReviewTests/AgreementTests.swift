import NegativeReview
import Testing

@Suite("Cohen's kappa")
struct AgreementTests {
    /// Pairs of a table of counts: rows are the first reviewer's verdicts, columns the second's.
    private func pairs(_ table: [[Int]], _ verdicts: [Verdict] = [.wrong, .relevant, .unsure]) -> [(Verdict, Verdict)] {
        table.enumerated().flatMap { row, counts in
            counts.enumerated().flatMap { column, count in
                Array(repeating: (verdicts[row], verdicts[column]), count: count)
            }
        }
    }

    @Test("Two diagnoses of 200 patients, computed by hand: (.70 - .41) / (1 - .41) = .492.")
    func cohen() throws {
        // His proportions .44 .07 .09 / .05 .20 .05 / .01 .03 .06 as counts; 140 agree, and chance expects
        // .60 * .50 + .30 * .30 + .10 * .20 = .41, 82 of 200: kappa = (140 - 82) / (200 - 82).
        let agreement = Agreement(pairs([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
        #expect(agreement.questions == 200 && agreement.observed == 0.7)
        #expect(abs(try #require(agreement.kappa) - 58.0 / 118) < 1e-15)
    }

    @Test("Computed by hand: 20 yes and 15 no in common of 50, (.70 - .50) / (1 - .50) = .40.")
    func twoByTwo() throws {
        let agreement = Agreement(pairs([[20, 5], [10, 15]]))
        #expect(agreement.observed == 0.7 && agreement.questions == 50)
        #expect(abs(try #require(agreement.kappa) - 0.4) < 1e-15)
    }

    @Test("Full agreement is 1, chance 0, and none where both always say the same or nothing is in common.")
    func ends() {
        #expect(Agreement(pairs([[3, 0, 0], [0, 2, 0], [0, 0, 4]])).kappa == 1)
        #expect(Agreement(pairs([[4, 4], [4, 4]])).kappa == 0)
        #expect(Agreement(pairs([[0, 5], [5, 0]])).kappa == -1)
        #expect(Agreement(pairs([[7]])).kappa == nil && Agreement(pairs([[7]])).observed == 1)
        #expect(Agreement([(Verdict, Verdict)]()).kappa == nil && Agreement([(Verdict, Verdict)]()).questions == 0)
        // One always says wrong, the other never: chance is as good.
        #expect(Agreement(pairs([[0, 6]])).kappa == 0)
    }
}
