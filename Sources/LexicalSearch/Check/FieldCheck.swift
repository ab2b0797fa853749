import DurableStorage

/// Verifies that the structures of one field of a segment are what they should be and fit together.
struct FieldCheck {
    private let segment: Segment
    let field: SegmentField
    private(set) var postingCount = 0

    init(_ field: SegmentField, of segment: Segment) {
        self.field = field
        self.segment = segment
    }

    /// Terms ascend; every list decodes, agrees with the dictionary, is bounded by its bounds; frequencies sum up to the lengths.
    mutating func checkPostings() throws {
        let postings = field.postings
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: postings.file.name, reason: reason) }
        var lengths = [UInt32](repeating: 0, count: segment.documentCount)
        try field.lengths.values.forEach { document, length in
            lengths[document] = UInt32(truncatingIfNeeded: length)
        }
        let codes = field.lengths.codes.codes(of: lengths)
        var sums = [UInt64](repeating: 0, count: segment.documentCount)
        var previous: [UInt8]?
        var offset = ChecksummedFile.bodyStart
        var terms = 0
        var found = 0
        var corrected = 0
        try field.terms.forEach { term, entry in
            if let previous, !previous.lexicographicallyPrecedes(term) {
                throw StorageError.corrupt(file: field.terms.file.file.name, reason: "its terms do not ascend")
            }
            previous = term
            terms += 1
            if entry.postingsOffset != offset { throw corrupt("a posting list does not follow the one before") }
            offset += entry.postingsLength
            var cursor = try field.cursor(entry)
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
            if try entry.documentFrequency - field.liveFrequency(entry) != removed {
                throw correctionProblem("a correction is not the number of the term's deleted documents")
            }
            corrected += removed > 0 ? 1 : 0
            if occurrences != entry.collectionFrequency {
                throw corrupt("a posting list does not have its occurrences")
            }
        }
        postingCount = found
        if terms != field.terms.termCount || found != field.terms.postingCount {
            throw StorageError.corrupt(file: field.terms.file.file.name, reason: "its counts are wrong")
        }
        if offset != postings.bodyEnd { throw corrupt("it holds more than its posting lists") }
        if corrected != field.corrections?.termCount ?? 0 {
            throw correctionProblem("it holds more corrections than terms of deleted documents")
        }
        try checkLengths(lengths, sums)
    }

    private func correctionProblem(_ reason: String) -> StorageError {
        .corrupt(file: field.manifest.corrections?.terms.name ?? segment.name, reason: reason)
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
                    file: field.lengths.values.file.file.name,
                    reason: "a length is not the sum of the document's frequencies")
            }
            total += Int(length)
            nonEmpty += length > 0 ? 1 : 0
        }
        if total != field.lengths.totalLength || nonEmpty != field.lengths.documentCount {
            throw StorageError.corrupt(file: field.lengths.values.file.file.name, reason: "its totals are wrong")
        }
        let stated = field.manifest.corrections
        if removed.documents != stated?.documentCount ?? 0 || removed.length != stated?.totalLength ?? 0 {
            throw StorageError.corrupt(
                file: IndexFormat.manifestName, reason: "its totals of deleted documents are wrong")
        }
    }
}
