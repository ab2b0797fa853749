/// How often two reviewers agree, beyond chance.
///
/// Cohen's κ (1960, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37–46, equation 1):
/// κ = (pₒ − pₑ) / (1 − pₑ), where pₒ is the share of questions with the same verdict and pₑ = Σ p₁(v) p₂(v) over the verdicts v is the share
/// that two who answered at random, each with their own frequencies, would have. 1 is full agreement, 0 that of chance.
/// Every verdict is a category, `unsure` too.
public struct Agreement: Sendable, Hashable {
    /// The number of questions that both answered.
    public let questions: Int
    /// pₒ; 0 where there are no questions.
    public let observed: Double
    /// κ; nil where pₑ is 1, as both always gave the same verdict, or where there are no questions.
    public let kappa: Double?

    /// The agreement of pairs of verdicts, one for each question that both answered.
    public init(_ pairs: some Sequence<(Verdict, Verdict)>) {
        var (count, same) = (0, 0)
        var first: [Verdict: Int] = [:]
        var second: [Verdict: Int] = [:]
        for (one, other) in pairs {
            count += 1
            if one == other { same += 1 }
            first[one, default: 0] += 1
            second[other, default: 0] += 1
        }
        questions = count
        observed = count == 0 ? 0 : Double(same) / Double(count)
        // Both sides times n², so that all but the last division is exact.
        let expected = Verdict.allCases.reduce(0) { $0 + first[$1, default: 0] * second[$1, default: 0] }
        let rest = count * count - expected
        kappa = rest == 0 ? nil : Double(same * count - expected) / Double(rest)
    }
}
