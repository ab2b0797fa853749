/// A query with the passages that are relevant to it and passages that are not: what every format of training examples is made of.
public struct PassageGroup: Sendable, Hashable {
    /// A document with the score that a retriever gave it for the query.
    public struct Passage: Sendable, Hashable {
        /// The document; where ids alone are written its text may be empty.
        public var document: Document
        /// The retriever's score; nil where it doesn't know the document.
        public var score: Double?

        /// A passage from its parts.
        public init(_ document: Document, score: Double? = nil) {
            self.document = document
            self.score = score
        }
    }

    /// The query.
    public var query: Query
    /// The relevant passages.
    public var positives: [Passage]
    /// The passages that are not relevant, hardest first.
    public var negatives: [Passage]

    /// A group from its parts.
    public init(query: Query, positives: [Passage], negatives: [Passage]) {
        self.query = query
        self.positives = positives
        self.negatives = negatives
    }

    /// The scores of all passages, positives first; nil where one of them has none.
    var scores: [Double]? { Self.scores(positives + negatives) }

    /// The scores of passages; nil where one of them has none.
    static func scores(_ passages: [Passage]) -> [Double]? {
        let known = passages.compactMap(\.score)
        return known.count == passages.count ? known : nil
    }

    /// The contents of passages: title, space, text.
    static func contents(_ passages: [Passage]) -> [String] { passages.map(\.document.contents) }
}
