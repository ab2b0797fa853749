import DurableStorage

/// Verifies that what a segment says of its documents, whatever its fields, is what it should be.
struct SegmentCheck {
    let segment: Segment

    /// The stated numbers of documents with a term in any field are those of the lengths.
    func checkDocumentsWithTerms() throws {
        if segment.fields.count == 1 { return }
        var (all, removed) = (0, 0)
        for document in 0..<segment.documentCount {
            guard try segment.fields.contains(where: { try $0.lengths.values.value(document) > 0 }) else { continue }
            all += 1
            removed += segment.isLive(document) ? 0 : 1
        }
        let stated = segment.manifest
        if stated.documentsWithTerms != all || stated.deletions?.documentsWithTerms ?? 0 != removed {
            throw StorageError.corrupt(
                file: IndexFormat.manifestName, reason: "its numbers of documents with terms are wrong")
        }
    }

    /// Ids are not empty, ascend strictly in the stated order, and the ranks are the inverse of the order.
    func checkIDs() throws {
        let ids = segment.ids
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: ids.file.file.name, reason: reason) }
        var previous: [UInt8] = []
        for rank in 0..<ids.count {
            let document = try ids.document(ranked: rank)
            if try ids.rank.value(document) != rank { throw corrupt("ranks and order do not agree") }
            let id = try ids.withBytes(of: document) { [UInt8]($0) }
            // The empty id would precede all others; so this also finds an empty one.
            if !previous.lexicographicallyPrecedes(id) { throw corrupt("its ids do not ascend") }
            previous = id
        }
    }

    /// Values ascend, are of their kind, and have documents; the counts are right.
    func checkColumns() throws {
        guard let columns = segment.columns else { return }
        var withValues = DocumentSet(documentCount: segment.documentCount)
        for column in try columns.columns() {
            var cursor = ColumnCursor(columns, column)
            var previous: [UInt8]?
            var documents = DocumentSet(documentCount: segment.documentCount)
            var values = 0
            while try cursor.next() {
                let value = [UInt8](cursor.value)
                if let previous, !previous.lexicographicallyPrecedes(value) {
                    throw columns.corrupt("its values do not ascend")
                }
                if !column.kind.holds(value) { throw columns.corrupt("a value is not of its kind") }
                previous = value
                values += 1
                try cursor.forEachDocument {
                    documents.insert($0)
                    withValues.insert($0)
                }
            }
            if documents.count != column.documentCount || values != column.valueCount {
                throw columns.corrupt("its counts are wrong")
            }
        }
        if withValues.count != columns.documentsWithValues { throw columns.corrupt("its counts are wrong") }
    }

    /// Every block of stored text decompresses and holds its documents.
    func checkTexts() throws {
        try segment.texts?.forEachRecord { _, _ in }
    }
}
