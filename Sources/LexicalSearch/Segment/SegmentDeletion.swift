import DurableStorage

/// Writes the files by which further documents of a segment are deleted; the segment's own files stay as they are.
enum SegmentDeletion {
    /// Deletes documents, those that were deleted before among them, and returns what the manifest says of the segment then.
    static func write(
        _ deleted: DocumentSet, of segment: Segment, generation: Int, _ directory: any Directory
    ) throws -> Manifest.Segment {
        var changed = segment.manifest
        func name(_ suffix: String) -> String {
            IndexFormat.fileName(segment: segment.name, suffix: suffix, generation: generation)
        }
        let fresh = deleted.documents.filter(segment.isLive)
        let bitmapSeal = try DeletedDocuments.write(deleted, directory, name("deletions"))
        changed.deletions = Manifest.Deletions(
            documentCount: deleted.count, bitmap: .init(name: name("deletions"), seal: bitmapSeal))
        for (index, field) in segment.fields.enumerated() {
            var nonEmpty = 0
            var length = 0
            for document in deleted.documents {
                let terms = try field.lengths.values.value(document)
                nonEmpty += terms > 0 ? 1 : 0
                length += terms
            }
            let corrections = try merge(
                field.corrections?.all() ?? [], removals(of: fresh, deleted, from: field, of: segment))
            let termsSeal = try TermCorrections.write(corrections, directory, name("corrections"))
            changed.fields[index].corrections = Manifest.Corrections(
                documentCount: nonEmpty, totalLength: length, postingCount: corrections.reduce(0) { $0 + $1.removed },
                terms: .init(name: name("corrections"), seal: termsSeal))
        }
        return changed
    }

    /// How many postings of each term belong to the documents that are deleted now.
    ///
    /// Reads of each posting list the blocks in which one of the documents may lie. So nothing depends on stored text, and a few
    /// documents cost one look into every list.
    private static func removals(
        of fresh: [Int], _ deleted: DocumentSet, from field: SegmentField, of segment: Segment
    ) throws -> [TermCorrections.Correction] {
        var corrections: [TermCorrections.Correction] = []
        try field.terms.forEach { _, entry in
            var cursor = try field.cursor(entry)
            var removed = 0
            var next = 0
            while next < fresh.count, try cursor.advance(to: UInt32(fresh[next])) {
                for index in 0..<cursor.size {
                    let document = Int(cursor.documents[index])
                    if deleted.contains(document), segment.isLive(document) { removed += 1 }
                }
                let last = Int(cursor.documents[cursor.size - 1])
                while next < fresh.count, fresh[next] <= last { next += 1 }
            }
            if removed > 0 {
                corrections.append(.init(postingsOffset: entry.postingsOffset, removed: removed))
            }
        }
        return corrections
    }

    /// The sums of two lists of corrections in the order of their offsets.
    private static func merge(
        _ a: [TermCorrections.Correction], _ b: [TermCorrections.Correction]
    ) -> [TermCorrections.Correction] {
        var merged: [TermCorrections.Correction] = []
        merged.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i].postingsOffset < b[j].postingsOffset) {
                merged.append(a[i])
                i += 1
            } else if i == a.count || b[j].postingsOffset < a[i].postingsOffset {
                merged.append(b[j])
                j += 1
            } else {
                merged.append(.init(postingsOffset: a[i].postingsOffset, removed: a[i].removed + b[j].removed))
                i += 1
                j += 1
            }
        }
        return merged
    }
}
