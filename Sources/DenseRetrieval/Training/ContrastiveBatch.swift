/// One step's queries and the documents they are all scored against.
///
/// Each document is one column, however often it is somebody's positive or negative, so duplicates count once. The columns of positives
/// come first. A query's other known positives are masked.
struct ContrastiveBatch: Sendable {
    /// The queries, one score row each.
    private(set) var queries: [Int32] = []
    /// The distinct documents, one score column each.
    private(set) var documents: [Int32] = []
    /// For each query the column of its positive.
    private(set) var targets: [Int] = []
    /// The positives of each query with their weights, what is masked, and a teacher's scores.
    private(set) var judgements = BatchJudgements()
    /// The number of documents, the first ones, that are a positive of a query.
    private(set) var positiveColumns = 0
    private var columns: [Int32]

    /// No batch yet.
    init(documentCount: Int) { columns = [Int32](repeating: -1, count: documentCount) }

    /// The columns that a query must not be pushed away from, besides its target.
    func masked(for row: Int) -> ArraySlice<Int> { judgements.masked[row] }

    /// The column of a document; nil where the batch doesn't hold it.
    func column(holding document: Int32) -> Int? {
        let column = columns[Int(document)]
        return column >= 0 ? Int(column) : nil
    }

    /// Masks further columns of each row, none of them a positive's or masked already.
    mutating func mask(also lists: [[Int]]) { judgements.mask(also: lists) }

    /// Takes up the pairs of a step with the mined negatives of each query.
    ///
    /// Beside its own document each pair has up to `positivesPerQuery` − 1 more positives: those that follow the document among the query's
    /// relevant ones, round to the first.
    mutating func fill(
        _ pairs: [TrainingSet.Pair], set: TrainingSet, negatives: [[Int32]], positivesPerQuery: Int = 1
    ) {
        for document in documents { columns[Int(document)] = -1 }
        documents.removeAll(keepingCapacity: true)
        queries.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        judgements.removeAll()
        for pair in pairs {
            queries.append(pair.query)
            targets.append(column(of: pair.document))
        }
        for pair in pairs {
            let grades = positives(of: pair, set: set, atMost: positivesPerQuery)
            let sum = grades.reduce(0) { $0 + $1.grade }
            for (document, grade) in grades {
                judgements.positives.append(
                    .init(column: column(of: document), weight: grades.count == 1 ? 1 : Float(grade / sum)))
            }
            judgements.positives.endRow()
        }
        positiveColumns = documents.count
        if !negatives.isEmpty {
            for pair in pairs {
                for document in negatives[Int(pair.query)] { _ = column(of: document) }
            }
        }
        for (row, pair) in pairs.enumerated() {
            mask(row, known: set.known[Int(pair.query)])
            if !set.teacherScores.isEmpty { score(row, teacher: set.teacherScores[Int(pair.query)]) }
            judgements.scored.endRow()
        }
    }

    private func positives(
        of pair: TrainingSet.Pair, set: TrainingSet, atMost count: Int
    ) -> [(document: Int32, grade: Double)] {
        let documents = set.positives[Int(pair.query)]
        let grades = set.grades[Int(pair.query)]
        guard count > 1, let own = documents.firstIndex(of: pair.document) else { return [(pair.document, 1)] }
        return (0..<min(count, documents.count)).map { place in
            let index = (own + place) % documents.count
            return (documents[index], grades[index])
        }
    }

    private mutating func mask(_ row: Int, known: [Int32]) {
        let positives = judgements.positives[row]
        for document in known {
            let column = Int(columns[Int(document)])
            if column >= 0, !positives.contains(where: { $0.column == column }) { judgements.masked.append(column) }
        }
        judgements.masked.endRow()
    }

    private mutating func score(_ row: Int, teacher: [TrainingSet.TeacherScore]) {
        let positives = judgements.positives[row]
        let masked = judgements.masked[row]
        let highest = teacher.reduce(0) { max($0, $1.score) }
        var entries: [BatchJudgements.Scored] = []
        for entry in teacher {
            let column = Int(columns[Int(entry.document)])
            if column < 0 || masked.contains(column) { continue }
            let weight = positives.first { $0.column == column }?.weight ?? 0
            let share = highest > 0 ? max(0, entry.score) / highest : 0
            entries.append(.init(column: column, score: entry.score, weight: weight, share: share))
        }
        let sum = entries.reduce(0) { $0 + $1.weight }
        for var entry in entries {
            if sum > 0 { entry.weight /= sum }
            judgements.scored.append(entry)
        }
    }

    private mutating func column(of document: Int32) -> Int {
        let known = columns[Int(document)]
        if known >= 0 { return Int(known) }
        let column = documents.count
        columns[Int(document)] = Int32(column)
        documents.append(document)
        return column
    }
}
