import DurableStorage

/// Verifies that the structures of one segment are what they should be and fit together.
struct SegmentCheck {
    private let segment: Segment
    private(set) var postingCount = 0

    init(_ segment: Segment) { self.segment = segment }

    /// Terms ascend; every list decodes, agrees with the dictionary, is bounded by its bounds; frequencies sum up to the lengths.
    mutating func checkPostings() throws {
        let postings = segment.postings
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: postings.file.name, reason: reason) }
        var lengths = [UInt32](repeating: 0, count: segment.documentCount)
        try segment.lengths.values.forEach { document, length in lengths[document] = UInt32(truncatingIfNeeded: length)
        }
        let codes = segment.lengths.codes.codes(of: lengths)
        var sums = [UInt64](repeating: 0, count: segment.documentCount)
        var previous: [UInt8]?
        var offset = ChecksummedFile.bodyStart
        var terms = 0
        var found = 0
        var corrected = 0
        try segment.terms.forEach { term, entry in
            if let previous, !previous.lexicographicallyPrecedes(term) {
                throw StorageError.corrupt(file: segment.terms.file.file.name, reason: "its terms do not ascend")
            }
            previous = term
            terms += 1
            if entry.postingsOffset != offset { throw corrupt("a posting list does not follow the one before") }
            offset += entry.postingsLength
            var cursor = try segment.cursor(entry)
            var occurrences = 0
            var removed = 0
            var last = -1
            while try cursor.next() {
                let bound = cursor.hasDirectory ? cursor.bound(ofBlock: cursor.block) : nil
                for index in 0..<cursor.size {
                    let document = Int(cursor.documents[index])
                    let frequency = cursor.frequencies[index]
                    if document <= last { throw corrupt("a posting list does not ascend") }
                    last = document
                    sums[document] += UInt64(frequency)
                    occurrences += Int(frequency)
                    removed += segment.isLive(document) ? 0 : 1
                    for bound in [bound, cursor.bound].compactMap({ $0 })
                    where !bound.covers(frequency: frequency, length: codes[document]) {
                        throw corrupt("a bound is too low")
                    }
                }
                found += cursor.size
            }
            if try entry.documentFrequency - segment.liveFrequency(entry) != removed {
                throw correctionProblem("a correction is not the number of the term's deleted documents")
            }
            corrected += removed > 0 ? 1 : 0
            if occurrences != entry.collectionFrequency {
                throw corrupt("a posting list does not have its occurrences")
            }
        }
        postingCount = found
        if terms != segment.terms.termCount || found != segment.terms.postingCount {
            throw StorageError.corrupt(file: segment.terms.file.file.name, reason: "its counts are wrong")
        }
        if offset != postings.bodyEnd { throw corrupt("it holds more than its posting lists") }
        if corrected != segment.corrections?.termCount ?? 0 {
            throw correctionProblem("it holds more corrections than terms of deleted documents")
        }
        try checkLengths(lengths, sums)
    }

    private func correctionProblem(_ reason: String) -> StorageError {
        .corrupt(file: segment.manifest.fields[0].corrections?.terms.name ?? segment.name, reason: reason)
    }

    /// Lengths are the sums of frequencies, and the totals those of the lengths.
    private func checkLengths(_ lengths: [UInt32], _ sums: [UInt64]) throws {
        var total = 0
        var nonEmpty = 0
        var removed = (documents: 0, length: 0)
        for (document, (sum, length)) in zip(sums, lengths).enumerated() {
            if !segment.isLive(document) {
                removed.documents += length > 0 ? 1 : 0
                removed.length += Int(length)
            }
            if sum != UInt64(length) {
                throw StorageError.corrupt(
                    file: segment.lengths.values.file.file.name,
                    reason: "a length is not the sum of the document's frequencies")
            }
            total += Int(length)
            nonEmpty += length > 0 ? 1 : 0
        }
        if total != segment.lengths.totalLength || nonEmpty != segment.lengths.documentCount {
            throw StorageError.corrupt(file: segment.lengths.values.file.file.name, reason: "its totals are wrong")
        }
        let stated = segment.manifest.fields[0].corrections
        if removed.documents != stated?.documentCount ?? 0 || removed.length != stated?.totalLength ?? 0 {
            throw StorageError.corrupt(
                file: IndexFormat.manifestName, reason: "its totals of deleted documents are wrong")
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
        guard let texts = segment.texts else { return }
        for block in 0..<texts.blockCount { try texts.check(block: block) }
    }
}
