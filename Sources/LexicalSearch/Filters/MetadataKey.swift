/// A key of the metadata of an index, as filters name it, and how many documents have it.
public struct MetadataKey: Codable, Sendable, Hashable {
    /// The key.
    public var name: String
    /// The number of documents that have a value of it.
    public var documents: Int
    /// The number of those with a number.
    public var numbers: Int
    /// The number of those with a string.
    public var strings: Int
    /// The number of those with `true` or `false`.
    public var booleans: Int
}

extension IndexReader {
    /// Whether filters can be used: false for an index with segments that were written before there were filters.
    public var hasMetadataColumns: Bool { segments.allSatisfy { $0.manifest.metadataCount != nil } }

    /// The keys of all documents in byte order, the first `limit`; deleted documents do not count.
    ///
    /// Complexity: the size of the metadata; less where nothing is deleted and keys have values of one kind.
    public func metadataKeys(limit: Int = .max) throws -> [MetadataKey] {
        var names: Set<[UInt8]> = []
        for segment in segments { for column in try segment.columns?.columns() ?? [] { names.insert(column.key) } }
        var keys: [MetadataKey] = []
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) where keys.count < limit {
            var key = MetadataKey(
                name: String(decoding: name, as: UTF8.self), documents: 0, numbers: 0, strings: 0, booleans: 0)
            for segment in segments { try segment.count(&key) }
            if key.documents > 0 { keys.append(key) }
        }
        return keys
    }
}

extension Segment {
    /// Adds the documents that are not deleted to the counts of a key.
    fileprivate func count(_ key: inout MetadataKey) throws {
        guard let columns else { return }
        let found = try columns.columns(of: key.name)
        if deleted == nil, found.count == 1 {
            key.documents += found[0].documentCount
            return key.add(found[0].documentCount, found[0].kind)
        }
        var all = DocumentSet(documentCount: documentCount)
        var strings = DocumentSet(documentCount: documentCount)
        for column in found {
            var documents = DocumentSet(documentCount: documentCount)
            var cursor = ColumnCursor(columns, column)
            while try cursor.next() { try cursor.insertDocuments(into: &documents) }
            all.formUnion(documents)
            if column.kind == .string || column.kind == .longString {
                strings.formUnion(documents)
            } else {
                key.add(liveCount(documents), column.kind)
            }
        }
        key.documents += liveCount(all)
        key.add(liveCount(strings), .string)
    }

    private func liveCount(_ documents: DocumentSet) -> Int {
        deleted == nil ? documents.count : documents.documents.count { isLive($0) }
    }
}

extension MetadataKey {
    fileprivate mutating func add(_ count: Int, _ kind: MetadataKind) {
        switch kind {
        case .boolean: booleans += count
        case .number: numbers += count
        case .string, .longString: strings += count
        }
    }
}
