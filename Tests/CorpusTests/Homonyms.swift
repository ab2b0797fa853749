import Decoy
import Foundation

/// The embedded corpus as it lies in `corpora/homonyms`.
struct Homonyms: Sendable {
    /// Which word a text is about, in which sense, and which side of that sense.
    struct Topic: Hashable, Sendable, Decodable {
        var word: String
        var sense: String
        var aspect: String

        /// Whether the other text has the same word in another sense.
        func isWrongSense(of other: Topic) -> Bool { word == other.word && sense != other.sense }
    }

    let documents: [Document]
    let queries: [Query]
    let qrels: [String: Qrels]
    let documentTopics: [DocumentID: Topic]
    let queryTopics: [QueryID: Topic]

    private static let read = Result { try Homonyms() }

    /// The corpus, read once.
    static func corpus() throws -> Homonyms { try read.get() }

    private init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let dataset = try BEIRDataset(path: root.appendingPathComponent("corpora/homonyms").path)
        documents = try CorpusReader.documents(dataset.path)
        queries = try dataset.queries()
        qrels = try Dictionary(uniqueKeysWithValues: dataset.splits.map { ($0, try dataset.qrels(split: $0)) })
        documentTopics = try Dictionary(uniqueKeysWithValues: documents.map { ($0.id, try Self.topic($0.metadata)) })
        queryTopics = try Dictionary(uniqueKeysWithValues: queries.map { ($0.id, try Self.topic($0.metadata)) })
    }

    private struct Wrapped: Decodable { var metadata: Topic }

    private static func topic(_ metadata: String?) throws -> Topic {
        try JSONDecoder().decode(Wrapped.self, from: Data((metadata ?? "").utf8)).metadata
    }

    /// For each word its senses, in order.
    var senses: [String: [String]] {
        var found: [String: Set<String>] = [:]
        for topic in documentTopics.values { found[topic.word, default: []].insert(topic.sense) }
        return found.mapValues { $0.sorted() }
    }

    /// The documents of a word in a sense.
    func documents(_ word: String, _ sense: String) -> [Document] {
        documents.filter { documentTopics[$0.id]?.word == word && documentTopics[$0.id]?.sense == sense }
    }
}
