import RetrievalData

/// What the test split shares with the train split, and what the measures are where nothing is shared.
///
/// A model that has seen a test query's relevant document in training is not tested on that query in the way a user thinks.
public struct LeakReport: Sendable, Hashable, Codable {
    /// Distinct relevant documents of the train queries.
    public var trainPositives: Int
    /// Distinct relevant documents of the test queries.
    public var testPositives: Int
    /// Those that are both.
    public var sharedPositives: Int
    /// The share of the test positives that are train positives too; 0 where there are none.
    public var sharedShare: Double
    /// Test queries with at least one positive that is a train positive.
    public var seenQueries: Int
    /// Test queries with positives, none of which is a train positive.
    public var unseenQueries: Int
    /// Pairs of a test query and a train query with the same text, up to `pairLimit`.
    public var identicalQueries: [IdenticalQuery]
    /// Test queries whose text is also that of a train query.
    public var identicalQueryCount: Int
    /// Test queries that a train query nearly equals, each with the one most like it, up to `pairLimit`; identical ones are left out.
    public var nearDuplicates: [NearDuplicate]
    /// Test queries that a train query nearly equals, but for identical ones.
    public var nearDuplicateCount: Int
    /// The similarity from which two queries nearly equal each other.
    public var nearDuplicateThreshold: Double
    /// The means of each system over seen and unseen queries.
    public var systems: [String: Split]

    /// A test query with the text of a train query; case and white space don't matter.
    public struct IdenticalQuery: Sendable, Hashable, Codable {
        /// The query of the test split.
        public var test: QueryID
        /// The first query of the train split with that text.
        public var train: QueryID
    }

    /// A test query and the train query most like it.
    public struct NearDuplicate: Sendable, Hashable, Codable {
        /// The query of the test split.
        public var test: QueryID
        /// The query of the train split; the first of equally similar ones.
        public var train: QueryID
        /// The Jaccard similarity of their sets of character 3-grams.
        public var similarity: Double
    }

    /// The means of one system by measure; a side without queries is empty.
    public struct Split: Sendable, Hashable, Codable {
        /// Over queries with a positive that is a train positive.
        public var seen: [String: Double]
        /// Over queries none of whose positives is a train positive.
        public var unseen: [String: Double]
    }

    /// The number of pairs that are listed.
    static let pairLimit = 100

    /// Compares two splits.
    ///
    /// Queries of other splits may be among `queries`; `evaluations` belong to the test split. Two queries nearly equal each other where
    /// the Jaccard similarity of their sets of character 3-grams (in lower case, words apart by one space, a space at either end) is at
    /// least `nearDuplicateThreshold`, above 0 and up to 1: at 0.7 two sentences of eight words that differ in one short word do.
    ///
    /// Complexity: about O(queries · length); pairs of queries that share no rare 3-gram are never looked at.
    public init(
        train: Qrels, test: Qrels, queries: [Query], evaluations: [Evaluation], minimumGrade: Int = 1,
        nearDuplicateThreshold: Double = 0.7
    ) {
        let sharing = SplitOverlap(train: train, test: test, minimumGrade: minimumGrade)
        trainPositives = sharing.trainPositives.count
        testPositives = sharing.testPositives.count
        let shared = sharing.testPositives.intersection(sharing.trainPositives)
        sharedPositives = shared.count
        sharedShare = testPositives == 0 ? 0 : Double(shared.count) / Double(testPositives)
        seenQueries = sharing.seen.count
        unseenQueries = sharing.unseen.count
        let alike = SimilarQueries(train: train, test: test, queries: queries, threshold: nearDuplicateThreshold)
        identicalQueryCount = alike.identical.count
        identicalQueries = Array(alike.identical.prefix(Self.pairLimit))
        nearDuplicateCount = alike.near.count
        nearDuplicates = Array(alike.near.prefix(Self.pairLimit))
        self.nearDuplicateThreshold = nearDuplicateThreshold
        systems = [:]
        for evaluation in evaluations {
            var split = Split(seen: [:], unseen: [:])
            for measure in evaluation.measures {
                split.seen[measure.description] = evaluation.mean(of: measure, over: sharing.seen)
                split.unseen[measure.description] = evaluation.mean(of: measure, over: sharing.unseen)
            }
            systems[evaluation.name] = split
        }
    }
}
