extension MiningOptions {
    /// How the negatives are chosen from the candidates that every filter lets pass.
    public enum Sampling: String, Sendable, Hashable, Codable, CaseIterable {
        /// The best-ranked ones.
        case top
        /// Any of them with equal chance, without repetition.
        case random
        /// Any of them, those whose scores lie near the positive's with the greatest chance (SimANS).
        case scoreWeighted = "score-weighted"
        /// Those that rank high and differ from one another (maximal marginal relevance).
        case diverse
        /// Evenly from the lowest-ranked to the best, and handed out in that order: easy to hard.
        case curriculum
    }
}
