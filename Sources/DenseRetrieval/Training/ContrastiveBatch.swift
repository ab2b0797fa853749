/// One step's queries and the documents they are all scored against.
///
/// Each document is one column, however often it is somebody's positive or negative, so duplicates count once. A query's other known
/// positives are masked.
struct ContrastiveBatch: Sendable {
    /// The queries, one score row each.
    private(set) var queries: [Int32] = []
    /// The distinct documents, one score column each.
    private(set) var documents: [Int32] = []
    /// For each query the column of its positive.
    private(set) var targets: [Int] = []
    private(set) var masked: [Int] = []
    private(set) var maskOffsets: [Int] = [0]
    private var columns: [Int32]

    /// No batch yet.
    init(documentCount: Int) { columns = [Int32](repeating: -1, count: documentCount) }

    /// The columns that a query must not be pushed away from, besides its target.
    func masked(for row: Int) -> ArraySlice<Int> { masked[maskOffsets[row]..<maskOffsets[row + 1]] }

    /// Takes up the pairs of a step with the mined negatives of each query.
    mutating func fill(_ pairs: [TrainingSet.Pair], set: TrainingSet, negatives: [[Int32]]) {
        for document in documents { columns[Int(document)] = -1 }
        documents.removeAll(keepingCapacity: true)
        queries.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        masked.removeAll(keepingCapacity: true)
        maskOffsets.removeAll(keepingCapacity: true)
        for pair in pairs {
            queries.append(pair.query)
            targets.append(column(of: pair.document))
        }
        if !negatives.isEmpty {
            for pair in pairs {
                for document in negatives[Int(pair.query)] { _ = column(of: document) }
            }
        }
        maskOffsets.append(0)
        for (row, pair) in pairs.enumerated() {
            for document in set.known[Int(pair.query)] {
                let column = Int(columns[Int(document)])
                if column >= 0, column != targets[row] { masked.append(column) }
            }
            maskOffsets.append(masked.count)
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
