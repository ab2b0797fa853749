import RetrievalData

/// What a reviewer sees: how far everyone came, how well they agree, and the next question.
public struct ReviewState: Sendable, Hashable, Codable {
    /// A document as it is shown.
    public struct Passage: Sendable, Hashable, Codable {
        /// Its id.
        public var id: DocumentID
        /// Its title; empty where it has none.
        public var title: String
        /// Its text.
        public var text: String
    }

    /// A question as it is shown.
    public struct Question: Sendable, Hashable, Codable {
        /// The query's id.
        public var query: QueryID
        /// The query's text.
        public var text: String
        /// Documents that are known to answer it.
        public var positives: [Passage]
        /// The suspected negative.
        public var candidate: Passage
        /// The score that mining gave the candidate.
        public var score: Double?
        /// The candidate's rank from 0, positives left out.
        public var rank: Int?
        /// How likely the candidate is an unlabelled positive.
        public var falseNegativeProbability: Double?
        /// What this reviewer answered before, where the question comes a second time.
        public var verdict: Verdict?
    }

    /// How far one reviewer came.
    public struct Reviewer: Sendable, Hashable, Codable {
        /// The name.
        public var name: String
        /// The number of questions that have an answer.
        public var answered: Int
        /// How often each verdict was given; all verdicts are keys.
        public var verdicts: [String: Int]
    }

    /// Two reviewers who answered the same questions.
    public struct Agreement: Sendable, Hashable, Codable {
        /// Their names, in byte order.
        public var reviewers: [String]
        /// How many questions both answered.
        public var questions: Int
        /// The share of them with the same verdict.
        public var observed: Double
        /// Cohen's κ; nil where chance alone would make them agree on everything.
        public var kappa: Double?
    }

    /// The number of questions.
    public var total: Int
    /// Who asks.
    public var reviewer: String
    /// How many of the questions this reviewer answered.
    public var answered: Int
    /// Everyone who answered, in byte order of the names.
    public var reviewers: [Reviewer]
    /// Every two of them with questions in common.
    public var agreements: [Agreement]
    /// The next question; nil where all are answered.
    public var question: Question?
    /// Whether there is an answer that this reviewer can take back.
    public var canUndo: Bool
}
