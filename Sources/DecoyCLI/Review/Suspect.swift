import Decoy

/// A mined negative before its texts are at hand: ids and what mining said of it.
struct Suspect {
    var query: QueryID
    var document: DocumentID
    var score: Double?
    var rank: Int?
    var falseNegativeProbability: Double?
    var positiveScore: Double?
}

extension Suspect {
    /// The fates of `mine --explain` that make questions: negatives, and with `includeRejected` what the estimate kept out.
    static func fates(_ path: String, includeRejected: Bool) throws -> [Suspect] {
        var fates = [CandidateFate.kept]
        if includeRejected { fates.append(RejectionReason.falseNegativeProbability.rawValue) }
        var suspects: [Suspect] = []
        var errors = InputErrors()
        var number = 0
        try TextLineReader.read(path) { line in
            number += 1
            if line.allSatisfy(\.isWhitespace) { return }
            do {
                let object = try JSONLine(parsing: line)
                guard let query = object.string("query"), let document = object.string("document"),
                    let fate = object.string("fate")
                else { throw NoFate(problem: "missing field \"query\", \"document\" or \"fate\"") }
                guard fates.contains(fate) else { return }
                suspects.append(
                    Suspect(
                        query: query, document: document, score: object.number("score"),
                        rank: object.number("rank").flatMap { Int(exactly: $0) },
                        falseNegativeProbability: object.number("falseNegativeProbability"),
                        positiveScore: object.number("positiveScore")))
            } catch {
                let isFull = !errors.add(
                    InputError(
                        source: path, line: number, problem: String(describing: error),
                        remedy: "expected the lines that decoy mine --explain writes"))
                if isFull { throw errors }
            }
        }
        try errors.throwIfAny()
        return suspects
    }

    private struct NoFate: Error, CustomStringConvertible {
        var problem: String
        var description: String { problem }
    }

    /// Whether a file holds fates: its first line has the key.
    static func areFates(_ path: String) throws -> Bool {
        struct Found: Error { var fate: Bool }
        do {
            try TextLineReader.read(path) { line in
                if line.allSatisfy(\.isWhitespace) { return }
                throw Found(fate: (try? JSONLine(parsing: line))?["fate"] != nil)
            }
        } catch let found as Found {
            return found.fate
        }
        return false
    }

    /// The negatives of training rows; a row's texts are looked for among the queries and the documents.
    ///
    /// The rank of each is its place among its query's negatives. Scores are those of the rows, and the positives' score is the lowest of them.
    static func rows(_ path: String, queries: [Query], documents: any DocumentStore) throws -> [Suspect] {
        let wanted = try WantedTexts(path)
        let queryIDs = Dictionary(
            queries.lazy.filter { wanted.queries.contains($0.text) }.map { ($0.text, $0.id) },
            uniquingKeysWith: { first, _ in first })
        var documentIDs: [String: DocumentID] = [:]
        if !wanted.documents.isEmpty {
            for id in try documents.documentIDs() {
                guard let contents = try documents.document(id)?.contents, wanted.documents.contains(contents) else {
                    continue
                }
                if documentIDs[contents] == nil { documentIDs[contents] = id }
            }
        }
        var places: [QueryID: [DocumentID: Int]] = [:]
        var suspects: [Suspect] = []
        let examples = try TrainingRowReader.triplets(
            path, queryID: { queryIDs[$0] }, documentID: { documentIDs[$0] })
        for example in examples {
            for (place, document) in example.negatives.enumerated() {
                let scores = example.scores
                if let known = places[example.query]?[document] {
                    // The same negative beside another positive: the lower positive's score is the nearer one.
                    if let other = scores?[0], let before = suspects[known].positiveScore, other < before {
                        suspects[known].positiveScore = other
                    }
                    continue
                }
                let rank = places[example.query, default: [:]].count
                places[example.query, default: [:]][document] = suspects.count
                suspects.append(
                    Suspect(
                        query: example.query, document: document, score: scores?[place + 1], rank: rank,
                        positiveScore: scores?[0]))
            }
        }
        return suspects
    }

    /// The texts of a file of training rows; none where its rows are ids.
    private struct WantedTexts {
        var queries: Set<String> = []
        var documents: Set<String> = []

        init(_ path: String) throws {
            try TrainingRowReader.read(path) { row, _ in
                switch row {
                case .ids: break
                case .texts(let anchor, let positive, let negatives, _):
                    queries.insert(anchor)
                    documents.formUnion([positive] + negatives)
                case .list(let anchor, let positives, let negatives, _):
                    queries.insert(anchor)
                    documents.formUnion(positives + negatives)
                }
            }
        }
    }
}
