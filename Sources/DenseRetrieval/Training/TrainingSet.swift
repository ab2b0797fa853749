import NumericKernels
import RetrievalData

/// The texts and pairs of a training split, cut into tokens once and used by any number of trainings.
///
/// Documents and queries stand in byte order of their ids, so the order of the input does not matter. Documents with the same contents
/// count as one.
public struct TrainingSet: Sendable {
    /// The ids of the documents in byte order.
    public let documentIDs: [DocumentID]
    /// The ids of the queries that have a relevant document, in byte order.
    public let queryIDs: [QueryID]
    /// The number of (query, document) pairs.
    public var pairCount: Int { pairs.count }

    let documentTokens: TextTokens
    let queryTokens: TextTokens
    /// For each document the first one with the same contents.
    let canonical: [Int32]
    /// For each query its relevant documents, ascending.
    let positives: [[Int32]]
    /// For each query the grades of its relevant documents, above 0, in the same order.
    let grades: [[Double]]
    /// For each query what a teacher gave documents, ascending by document; empty where there is no teacher.
    private(set) var teacherScores: [[TeacherScore]] = []
    /// For each query the relevant documents of all queries with its text, ascending.
    let known: [[Int32]]
    let pairs: [Pair]
    private let documentIndex: [DocumentID: Int32]

    struct Pair: Sendable, Hashable {
        var query: Int32
        var document: Int32
    }

    struct TeacherScore: Sendable, Hashable {
        var document: Int32
        var score: Float
    }

    /// A training set for encoders over the tables of a tokenizer; see `init(documents:queries:qrels:model:minimumGrade:threads:)`.
    public init(
        documents: [Document], queries: [Query], qrels: Qrels, tokenizer: any SubwordTokenizer, minimumGrade: Int = 1,
        threads: Int = 1
    ) throws(TrainingError) {
        try self.init(documents: documents, queries: queries, qrels: qrels, minimumGrade: minimumGrade) { texts, _ in
            .bags(TokenBags(texts, tokenizer: tokenizer, threads: threads))
        }
    }

    /// A training set from documents, queries and judgements, cut into tokens as a model takes them.
    ///
    /// `documents` must hold every relevant document and everything negatives are drawn from. Queries without a relevant document are left
    /// out. Complexity: linear in the texts; memory about 8 bytes for each distinct token of a text, 4 for each token for a transformer.
    public init(
        documents: [Document], queries: [Query], qrels: Qrels, model: DualEncoder, minimumGrade: Int = 1,
        threads: Int = 1
    ) throws(TrainingError) {
        try self.init(documents: documents, queries: queries, qrels: qrels, minimumGrade: minimumGrade) { texts, role in
            switch role {
            case .query: model.queryEncoder.tokens(of: texts, as: role, threads: threads)
            case .document: model.documentEncoder.tokens(of: texts, as: role, threads: threads)
            }
        }
    }

    private init(
        documents: [Document], queries: [Query], qrels: Qrels, minimumGrade: Int,
        tokens: ([String], TextRole) -> TextTokens
    ) throws(TrainingError) {
        let documents = documents.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        var index: [DocumentID: Int32] = [:]
        index.reserveCapacity(documents.count)
        var firstOfText: [String: Int32] = [:]
        var canonical: [Int32] = []
        for (place, document) in documents.enumerated() {
            guard index.updateValue(Int32(place), forKey: document.id) == nil else {
                throw .duplicateID(id: document.id, kind: "documents")
            }
            let contents = document.contents
            let first = firstOfText[contents] ?? Int32(place)
            if first == Int32(place) { firstOfText[contents] = first }
            canonical.append(first)
        }
        var kept: [Query] = []
        var positives: [[Int32]] = []
        var grades: [[Double]] = []
        for query in queries.sorted(by: { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }) {
            guard query.id != kept.last?.id else { throw .duplicateID(id: query.id, kind: "queries") }
            let judged = qrels[query.id]
            var relevant: [Int32: Double] = [:]
            for id in qrels.relevant(to: query.id, minimumGrade: minimumGrade) {
                guard let document = index[id] else {
                    throw .unknownDocument(id: id, query: query.id, place: "qrels")
                }
                // A grade of 0 or less is relevant only where the caller says so; it weighs as little as a grade of 1.
                relevant[canonical[Int(document)], default: 1].raise(to: Double(judged[id] ?? 1))
            }
            if relevant.isEmpty { continue }
            kept.append(query)
            let ascending = relevant.sorted { $0.key < $1.key }
            positives.append(ascending.map(\.key))
            grades.append(ascending.map(\.value))
        }
        guard !kept.isEmpty else { throw .noPairs }
        var byText: [String: Set<Int32>] = [:]
        for (place, query) in kept.enumerated() { byText[query.text, default: []].formUnion(positives[place]) }
        documentIDs = documents.map(\.id)
        queryIDs = kept.map(\.id)
        known = kept.map { byText[$0.text, default: []].sorted() }
        pairs = positives.enumerated().flatMap { place, documents in
            documents.map { Pair(query: Int32(place), document: $0) }
        }
        documentTokens = tokens(documents.map(\.contents), .document)
        queryTokens = tokens(kept.map(\.text), .query)
        self.positives = positives
        self.grades = grades
        self.canonical = canonical
        documentIndex = index
    }

    /// Takes up what a teacher gave the documents of examples; the first score of a query and document counts.
    ///
    /// Examples without scores and queries that are not in the set are left out. Throws where a document is not in the set.
    public mutating func addTeacherScores(_ examples: [Triplet]) throws(TrainingError) {
        var known: [QueryID: Int] = [:]
        for (place, id) in queryIDs.enumerated() { known[id] = place }
        var scores = [[Int32: Float]](repeating: [:], count: queryIDs.count)
        for (place, list) in teacherScores.enumerated() {
            for entry in list { scores[place][entry.document] = entry.score }
        }
        for example in examples {
            guard let values = example.scores, let query = known[example.query] else { continue }
            for (id, score) in zip([example.positive] + example.negatives, values) {
                guard let document = documentIndex[id] else {
                    throw .unknownDocument(id: id, query: example.query, place: "teacher scores")
                }
                let first = canonical[Int(document)]
                if scores[query][first] == nil { scores[query][first] = Float(score) }
            }
        }
        teacherScores = scores.map { list in
            list.sorted { $0.key < $1.key }.map { TeacherScore(document: $0.key, score: $0.value) }
        }
    }

    /// The canonical indices of documents, without repetition, in the order given.
    func indices(_ ids: [DocumentID], query: QueryID?, place: String) throws(TrainingError) -> [Int32] {
        var seen: Set<Int32> = []
        var result: [Int32] = []
        for id in ids {
            guard let document = documentIndex[id] else { throw .unknownDocument(id: id, query: query, place: place) }
            let first = canonical[Int(document)]
            if seen.insert(first).inserted { result.append(first) }
        }
        return result
    }
}

extension Double {
    fileprivate mutating func raise(to value: Double) { self = Swift.max(self, value) }
}
