/// Which settings keep hidden positives out, and what share of the other candidates they leave.
public struct HiddenPositiveReport: Sendable, Hashable, Codable {
    /// One setting.
    public struct Row: Sendable, Hashable, Codable {
        /// The setting's name.
        public var name: String
        /// What the filters let pass.
        public var kept: CandidateCounts
        /// The share of hidden positives among the first 50 that are kept out.
        public var hiddenKeptOut50: Double
        /// The share of hidden positives among the first 10 that are kept out; nil where there are none.
        public var hiddenKeptOut10: Double?
        /// The share of other candidates among the first 50 that stay.
        public var othersStay50: Double
        /// The share of other candidates among the first 10 that stay; nil where there are none.
        public var othersStay10: Double?
        /// Where the coefficients of each part come from; empty without an estimate.
        public var origins: [FalseNegativeEstimate.Origin]

        init(
            _ name: String, all: CandidateCounts, kept: CandidateCounts, origins: [FalseNegativeEstimate.Origin]
        ) {
            func share(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
            self.name = name
            self.kept = kept
            hiddenKeptOut50 = share(all.hidden50 - kept.hidden50, all.hidden50) ?? 0
            hiddenKeptOut10 = share(all.hidden10 - kept.hidden10, all.hidden10)
            othersStay50 = share(kept.others50, all.others50) ?? 0
            othersStay10 = share(kept.others10, all.others10)
            self.origins = origins
        }
    }

    /// The retriever that ranks the candidates.
    public var retriever: String
    /// The queries of which a positive was hidden.
    public var queries: Int
    /// The hidden positives: one a query, or more one after the other where queries are few.
    public var hidden: Int
    /// All candidates, without any filter.
    public var counts: CandidateCounts
    /// One row a setting.
    public var rows: [Row]
}
