import Decoy
import NegativeReview

/// The questions of a review: mined negatives with the texts of their queries, positives and candidates.
enum ReviewMaterial {
    /// The file of answers beside a file of negatives.
    static func answers(of negatives: String) -> String { negatives + ".review.jsonl" }

    /// The questions, most doubtful first, each once; with `limit` the first of them.
    ///
    /// `negatives` are the fates of `mine --explain` or what `mine -o` writes; in the latter case `fates` may say what mining knows of them.
    /// `includeRejected` adds what the estimate of false negatives kept out, as far as there are fates. Candidates that the judgements hold
    /// relevant are no questions. Texts are loaded only of the questions that are returned.
    ///
    /// A candidate without a text, a query that the file lacks and a query without positives are input errors.
    static func items(
        negatives: String, fates: String?, queries: String, qrels: String, documents: any DocumentStore,
        includeRejected: Bool, limit: Int? = nil
    ) throws -> [ReviewItem] {
        let judged = try QrelsReader.read(qrels)
        let asked = try QueryReader.read(queries)
        let texts = Dictionary(asked.lazy.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let suspects = try suspects(
            negatives, fates: fates, queries: asked, documents: documents, includeRejected: includeRejected)
        var errors = Errors(negatives: negatives, queries: queries, qrels: qrels)
        var items: [ReviewItem] = []
        for suspect in suspects {
            if let grade = judged.grade(query: suspect.query, document: suspect.document), grade >= 1 { continue }
            guard let query = texts[suspect.query] else {
                try errors.missing(query: suspect.query)
                continue
            }
            items.append(
                ReviewItem(
                    query: query, positives: [], candidate: Document(id: suspect.document, text: ""),
                    score: suspect.score, rank: suspect.rank,
                    falseNegativeProbability: suspect.falseNegativeProbability, positiveScore: suspect.positiveScore))
        }
        items = ReviewOrder.sorted(items)
        if let limit { items = Array(items.prefix(limit)) }
        var positives: [QueryID: [Document]] = [:]
        for place in items.indices {
            let query = items[place].query.id
            if positives[query] == nil {
                let ids = judged.relevant(to: query)
                if ids.isEmpty { try errors.noPositives(of: query) }
                positives[query] = try ids.compactMap { try document($0, documents, from: qrels, &errors) }
            }
            items[place].positives = positives[query] ?? []
            if let found = try document(items[place].candidate.id, documents, from: negatives, &errors) {
                items[place].candidate = found
            }
        }
        try errors.finish()
        return items
    }

    private static func suspects(
        _ path: String, fates: String?, queries: [Query], documents: any DocumentStore, includeRejected: Bool
    ) throws -> [Suspect] {
        if try Suspect.areFates(path) { return try Suspect.fates(path, includeRejected: includeRejected) }
        let rows = try Suspect.rows(path, queries: queries, documents: documents)
        guard let fates else { return rows }
        let explained = try Suspect.fates(fates, includeRejected: true)
        let known = Dictionary(
            explained.lazy.map { (QuestionID(query: $0.query, document: $0.document), $0) },
            uniquingKeysWith: { first, _ in first })
        let found = rows.map { known[QuestionID(query: $0.query, document: $0.document)] ?? $0 }
        return includeRejected ? found + explained : found
    }

    private static func document(
        _ id: DocumentID, _ documents: any DocumentStore, from source: String, _ errors: inout Errors
    ) throws -> Document? {
        if let found = try documents.document(id) { return found }
        try errors.missing(document: id, of: source)
        return nil
    }

    /// What doesn't fit together, each thing once.
    private struct Errors {
        let negatives: String
        let queries: String
        let qrels: String
        private var seen: Set<String> = []
        private var errors = InputErrors()

        init(negatives: String, queries: String, qrels: String) {
            self.negatives = negatives
            self.queries = queries
            self.qrels = qrels
        }

        mutating func missing(query: QueryID) throws {
            try add(
                negatives, "query \(JSONText.quoted(query)) is not in \(queries)",
                "give the queries that the negatives were mined for")
        }

        mutating func noPositives(of query: QueryID) throws {
            try add(
                negatives, "query \(JSONText.quoted(query)) has no relevant document in \(qrels)",
                "give the judgements that the negatives were mined with")
        }

        mutating func missing(document: DocumentID, of source: String) throws {
            try add(
                source, "document \(JSONText.quoted(document)) is not among the documents",
                "give the corpus that the negatives were mined from")
        }

        private mutating func add(_ source: String, _ problem: String, _ remedy: String) throws {
            guard seen.insert(problem).inserted else { return }
            if !errors.add(InputError(source: source, problem: problem, remedy: remedy)) { throw errors }
        }

        func finish() throws { try errors.throwIfAny() }
    }
}
