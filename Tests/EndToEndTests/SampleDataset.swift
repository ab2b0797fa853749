import DecoyTestSupport

/// A small dataset of ambiguous words in BEIR layout: for each word two senses, each with five documents that share words with the other sense.
struct SampleDataset {
    struct Judgement: Equatable {
        var query: String
        var document: String
    }

    private static let words = ["bank", "bat", "crane", "bolt", "seal", "spring", "palm", "ring", "key", "bass"]
    private static let senses = [
        ["river", "mud", "willow", "water", "flood", "meadow", "bridge", "current"],
        ["money", "office", "price", "counter", "paper", "market", "payment", "machine"],
    ]
    private static let shared = ["old", "morning", "people", "watch", "slow", "large"]

    /// Documents as lines of `corpus.jsonl`.
    private(set) var corpus: [String] = []
    /// Lines of `queries.jsonl`.
    private(set) var queries: [String] = []
    /// The judgements of each split.
    private(set) var judgements: [String: [Judgement]] = [:]

    /// The dataset of a number of words (at most 10) with a number of documents for each sense.
    init(words count: Int = 4, documents: Int = 5) {
        for (place, word) in Self.words.prefix(count).enumerated() {
            for (number, topic) in Self.senses.enumerated() {
                let sense = "\(word)-\(topic[0])"
                for document in 0..<documents {
                    func pick(_ offset: Int) -> String { topic[(document + offset + place) % topic.count] }
                    let tail =
                        document % 2 == 0 ? "" : " Many more \(pick(4)) and \(pick(5)) came later, and then went away."
                    let common = Self.shared[(document + place) % Self.shared.count]
                    corpus.append(
                        """
                        {"_id": "\(sense)-\(document)", "title": "The \(word) and the \(pick(0))", "text": \
                        "Note \(document): \(common) \(pick(1)) beside the \(word), with \(pick(2)) and \(pick(3)) for \
                        \(Self.shared[(document + 2) % Self.shared.count]) visitors of the \(topic[0]).\(tail)"}
                        """)
                }
                // Three queries for two words' senses, one for each other: 12 for four words.
                for query in 0..<(place % 2 == 0 ? 2 : 1) {
                    let id = "q-\(sense)-\(query)"
                    queries.append(
                        #"{"_id": "\#(id)", "text": "\#(word) \#(topic[(query + 1 + place) % topic.count]) \#(topic[0])"}"#
                    )
                    let split = place % 4 == 3 ? "test" : query == 1 ? (number == 0 ? "dev" : "test") : "train"
                    for document in [query, query + 2] {
                        judgements[split, default: []].append(Judgement(query: id, document: "\(sense)-\(document)"))
                    }
                }
            }
        }
    }

    /// Writes the dataset into a folder of this name and returns its path; lines of queries and judgements may be shuffled.
    func write(into folder: TemporaryFolder, as name: String = "sample", shuffledWith seed: UInt64? = nil) throws
        -> String
    {
        var queries = queries
        var judgements = judgements
        if let seed {
            var generator = SeededGenerator(seed: seed)
            queries.shuffle(using: &generator)
            for split in judgements.keys.sorted() { judgements[split]?.shuffle(using: &generator) }
        }
        try folder.write("\(name)/corpus.jsonl", corpus.map { $0 + "\n" }.joined())
        try folder.write("\(name)/queries.jsonl", queries.map { $0 + "\n" }.joined())
        for (split, rows) in judgements {
            let lines = rows.map { "\($0.query)\t\($0.document)\t1\n" }.joined()
            try folder.write("\(name)/qrels/\(split).tsv", "query-id\tcorpus-id\tscore\n" + lines)
        }
        return folder.path(name)
    }
}
