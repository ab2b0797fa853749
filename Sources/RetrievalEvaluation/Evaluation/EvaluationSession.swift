import RetrievalData

/// Measures one run ranking by ranking; it holds values, not documents.
public struct EvaluationSession: Sendable {
    private let name: String
    private let evaluator: Evaluator
    /// For each query of the qrels its values in the order of the measures; empty for one without a ranking.
    private var values: [[Double]]
    private var seen: Set<QueryID> = []
    private var extra: [QueryID] = []

    init(name: String, evaluator: Evaluator) {
        self.name = name
        self.evaluator = evaluator
        values = Array(repeating: [], count: evaluator.qrels.queryIDs.count)
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
        guard let query = evaluator.qrels.place(of: ranking.queryID) else {
            extra.append(ranking.queryID)
            return
        }
        if ranking.documents.isEmpty { return }
        var documents = ordered(ranking.documents)
        if evaluator.options.excludeQueryID { documents.removeAll { $0.id == ranking.queryID } }
        measure(GradedRanking(documents, judgements: judgements), query: query)
    }

    /// Measures one query's ranking as a run file has it; each query comes once.
    mutating func add(_ ranking: RankingColumns) {
        guard let query = evaluator.qrels.place(of: ranking.queryID) else {
            extra.append(ranking.queryID)
            return
        }
        var grades = [Int](repeating: GradedRanking.unjudged, count: ranking.count)
        evaluator.qrels.forEachJudged(in: ranking, query: query) { place, grade in grades[place] = grade }
        let order = ranking.order(single: evaluator.options.scorePrecision == .single)
        let excluded = evaluator.options.excludeQueryID ? ranking.place(of: ranking.queryID) : nil
        if order != nil || excluded != nil {
            grades = (order ?? Array(grades.indices)).filter { $0 != excluded }.map { grades[$0] }
        }
        measure(GradedRanking(grades: grades, judged: evaluator.qrels.grades(of: query)), query: query)
    }

    /// Takes in what another session measured of the same run; returns false where both have a query.
    mutating func join(_ other: EvaluationSession) -> Bool {
        for query in values.indices where !other.values[query].isEmpty {
            if !values[query].isEmpty { return false }
            values[query] = other.values[query]
        }
        extra += other.extra
        return Set(extra).count == extra.count
    }

    private mutating func measure(_ ranking: GradedRanking, query: Int) {
        values[query] = evaluator.measures.map { $0.value(of: ranking) }
    }

    /// The values in the order of the qrels, and which queries they rest on.
    public func finish() -> Evaluation {
        let qrels = evaluator.qrels
        let judged = qrels.queryIDs
        let missing = judged.indices.filter { values[$0].isEmpty }
        let counted =
            evaluator.options.queries == .complete
            ? Array(judged.indices) : judged.indices.filter { !values[$0].isEmpty }
        let columns = evaluator.measures.enumerated().map { place, measure in
            counted.map { query in
                values[query].isEmpty
                    ? measure.valueOfMissing(judged: qrels.grades(of: query)) : values[query][place]
            }
        }
        let coverage = Coverage(
            judged: judged.count, retrieved: judged.count - missing.count, missing: missing.count, extra: extra.count,
            withoutRelevant: judged.indices.count { query in !qrels.grades(of: query).contains { $0 >= 1 } },
            missingQueryIDs: missing.map { judged[$0] }, extraQueryIDs: extra)
        return Evaluation(
            name: name, measures: evaluator.measures, queryIDs: counted.map { judged[$0] }, values: columns,
            coverage: coverage)
    }

    /// The same under a name that is known only at the end.
    func finish(name: String) -> Evaluation {
        var evaluation = finish()
        evaluation.name = name
        return evaluation
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
