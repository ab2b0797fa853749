import RetrievalData

/// Measures one run ranking by ranking; it holds values, not documents.
public struct EvaluationSession: Sendable {
    private let name: String
    private let evaluator: Evaluator
    private var values: [QueryID: [Double]] = [:]
    private var seen: Set<QueryID> = []
    private var extra: [QueryID] = []

    init(name: String, evaluator: Evaluator) {
        self.name = name
        self.evaluator = evaluator
    }

    /// Measures one query's ranking; throws an `EvaluationError` for NaN scores, repeated documents and repeated queries.
    ///
    /// A ranking without documents counts as missing, because a run file cannot hold one.
    public mutating func add(_ ranking: Ranking) throws {
        guard seen.insert(ranking.queryID).inserted else {
            throw EvaluationError.duplicateQuery(run: name, query: ranking.queryID)
        }
        try check(ranking)
        let judgements = evaluator.qrels[ranking.queryID]
        if judgements.isEmpty {
            extra.append(ranking.queryID)
            return
        }
        if ranking.documents.isEmpty { return }
        var documents = ordered(ranking.documents)
        if evaluator.options.excludeQueryID { documents.removeAll { $0.id == ranking.queryID } }
        let graded = GradedRanking(documents, judgements: judgements)
        values[ranking.queryID] = evaluator.measures.map { $0.value(of: graded) }
    }

    /// The values in the order of the qrels, and which queries they rest on.
    public func finish() -> Evaluation {
        let qrels = evaluator.qrels
        let judged = qrels.queryIDs
        let missing = judged.filter { values[$0] == nil }
        let queryIDs = evaluator.options.queries == .complete ? judged : judged.filter { values[$0] != nil }
        let columns = evaluator.measures.enumerated().map { place, measure in
            queryIDs.map { values[$0]?[place] ?? measure.valueOfMissing(judged: qrels[$0].values) }
        }
        let coverage = Coverage(
            judged: judged.count, retrieved: judged.count - missing.count, missing: missing.count, extra: extra.count,
            withoutRelevant: judged.count { query in !qrels[query].values.contains { $0 >= 1 } },
            missingQueryIDs: missing, extraQueryIDs: extra)
        return Evaluation(
            name: name, measures: evaluator.measures, queryIDs: queryIDs, values: columns, coverage: coverage)
    }

    private func check(_ ranking: Ranking) throws {
        var ids: Set<DocumentID> = []
        ids.reserveCapacity(ranking.documents.count)
        for document in ranking.documents {
            if document.score.isNaN {
                throw EvaluationError.scoreIsNaN(run: name, query: ranking.queryID, document: document.id)
            }
            if !ids.insert(document.id).inserted {
                throw EvaluationError.duplicateDocument(run: name, query: ranking.queryID, document: document.id)
            }
        }
    }

    /// The documents in the total order, in the precision of the options; sorted only where they are not.
    private func ordered(_ documents: [ScoredDocument]) -> [ScoredDocument] {
        var documents = documents
        if evaluator.options.scorePrecision == .single {
            for place in documents.indices { documents[place].score = Double(Float(documents[place].score)) }
        }
        let inOrder = zip(documents, documents.dropFirst()).allSatisfy { $0.precedes($1) }
        return inOrder ? documents : documents.sorted { $0.precedes($1) }
    }
}
