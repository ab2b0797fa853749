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
    /// The means of each system over seen and unseen queries.
    public var systems: [String: Split]

    /// A test query with the text of a train query; case and white space don't matter.
    public struct IdenticalQuery: Sendable, Hashable, Codable {
        /// The query of the test split.
        public var test: QueryID
        /// The first query of the train split with that text.
        public var train: QueryID
    }

    /// The means of one system by measure; a side without queries is empty.
    public struct Split: Sendable, Hashable, Codable {
        /// Over queries with a positive that is a train positive.
        public var seen: [String: Double]
        /// Over queries none of whose positives is a train positive.
        public var unseen: [String: Double]
    }

    /// The number of pairs that are listed.
    public static let pairLimit = 100

    /// Compares two splits.
    ///
    /// Queries of other splits may be among `queries`; `evaluations` belong to the test split.
    public init(train: Qrels, test: Qrels, queries: [Query], evaluations: [Evaluation], minimumGrade: Int = 1) {
        let sharing = SplitOverlap(train: train, test: test, minimumGrade: minimumGrade)
        trainPositives = sharing.trainPositives.count
        testPositives = sharing.testPositives.count
        let shared = sharing.testPositives.intersection(sharing.trainPositives)
        sharedPositives = shared.count
        sharedShare = testPositives == 0 ? 0 : Double(shared.count) / Double(testPositives)
        seenQueries = sharing.seen.count
        unseenQueries = sharing.unseen.count
        let identical = Self.identicalQueries(train: train, test: test, queries: queries)
        identicalQueryCount = identical.count
        identicalQueries = Array(identical.prefix(Self.pairLimit))
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

    /// Pairs of equal texts in the order of the test qrels.
    private static func identicalQueries(train: Qrels, test: Qrels, queries: [Query]) -> [IdenticalQuery] {
        var texts: [QueryID: String] = [:]
        for query in queries { texts[query.id] = folded(query.text) }
        var trainByText: [String: QueryID] = [:]
        for id in train.queryIDs {
            if let text = texts[id], trainByText[text] == nil { trainByText[text] = id }
        }
        return test.queryIDs.compactMap { id in
            guard let text = texts[id], let other = trainByText[text] else { return nil }
            return IdenticalQuery(test: id, train: other)
        }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
