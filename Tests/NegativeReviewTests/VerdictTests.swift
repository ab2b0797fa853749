import NegativeReview
import Testing

@Test("There are three verdicts.")
func verdicts() { #expect(Verdict.allCases.count == 3) }
