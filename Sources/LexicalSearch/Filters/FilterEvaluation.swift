/// Finds the documents of a segment for which a condition is true.
struct FilterEvaluation {
    private let segment: Segment
    private var all: DocumentSet { DocumentSet(documentCount: segment.documentCount).complement() }

    init(_ segment: Segment) { self.segment = segment }

    /// The documents, deleted ones perhaps among them.
    ///
    /// Complexity: for each test of a key, what its values in question and their documents take up.
    func documents(_ expression: FilterExpression) throws -> DocumentSet {
        switch expression {
        case .comparison(let key, let comparison, let value):
            var found = DocumentSet(documentCount: segment.documentCount)
            try collect(key, comparison, value, into: &found)
            return found
        case .oneOf(let key, let values):
            var found = DocumentSet(documentCount: segment.documentCount)
            for value in values { try collect(key, .equal, value, into: &found) }
            return found
        case .exists(let key):
            var found = DocumentSet(documentCount: segment.documentCount)
            try forEachColumn(key) { columns, column in
                if column.documentCount == segment.documentCount {
                    found = all
                    return
                }
                var cursor = ColumnCursor(columns, column)
                while try cursor.next() { try cursor.insertDocuments(into: &found) }
            }
            return found
        case .not(let operand): return try documents(operand).complement()
        case .all(let operands):
            var found = all
            for operand in operands where found.count > 0 { found.formIntersection(try documents(operand)) }
            return found
        case .any(let operands):
            var found = DocumentSet(documentCount: segment.documentCount)
            for operand in operands { found.formUnion(try documents(operand)) }
            return found
        }
    }

    private func forEachColumn(
        _ key: String, _ body: (SegmentColumns, SegmentColumns.Column) throws -> Void
    ) throws {
        guard let columns = segment.columns else { return }
        for column in try columns.columns(of: key) { try body(columns, column) }
    }

    private func collect(
        _ key: String, _ comparison: FilterComparison, _ value: FilterValue, into found: inout DocumentSet
    ) throws {
        try forEachColumn(key) { columns, column in
            guard let bounds = value.bounds(comparison, column.kind) else { return }
            var cursor = ColumnCursor(columns, column)
            if let lower = bounds.lower { try cursor.seek(to: lower) }
            while try cursor.next() {
                if let upper = bounds.upper, upper.withUnsafeBytes({ ByteOrder.compare(cursor.value, $0) > 0 }) {
                    break
                }
                if value.matches(comparison, column.kind, cursor.value) { try cursor.insertDocuments(into: &found) }
            }
        }
    }

    /// Whether a document that is not deleted has a value of a key for which `condition` holds; in most cases the first one looked at.
    func hasValue(
        of key: String, where condition: (MetadataKind, UnsafeRawBufferPointer) -> Bool = { _, _ in true }
    ) throws -> Bool {
        guard let columns = segment.columns else { return false }
        for column in try columns.columns(of: key) {
            var cursor = ColumnCursor(columns, column)
            while try cursor.next() {
                guard condition(column.kind, cursor.value) else { continue }
                guard segment.deleted != nil else { return true }
                var isLive = false
                try cursor.forEachDocument { isLive = isLive || segment.isLive($0) }
                if isLive { return true }
            }
        }
        return false
    }
}

extension ColumnCursor {
    /// Adds the documents of the value at hand to a set.
    func insertDocuments(into set: inout DocumentSet) throws {
        try forEachDocument { set.insert($0) }
    }
}
