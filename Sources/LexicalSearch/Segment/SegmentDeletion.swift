import DurableStorage

/// Writes the files by which further documents of a segment are deleted; the segment's own files stay as they are.
enum SegmentDeletion {
    /// Deletes documents, those that were deleted before among them, and returns what the manifest says of the segment then.
    static func write(
        _ deleted: DocumentSet, of segment: Segment, generation: Int, _ directory: any Directory
    ) throws -> Manifest.Segment {
        var changed = segment.manifest
        let name = IndexFormat.fileName(segment: segment.name, suffix: "deletions-\(generation)")
        let fresh = deleted.documents.filter(segment.isLive)
        let bitmapSeal = try DeletedDocuments.write(deleted, directory, name)
        changed.deletions = Manifest.Deletions(
            documentCount: deleted.count, bitmap: .init(name: name, seal: bitmapSeal))
        if segment.fields.count > 1 {
            changed.deletions?.documentsWithTerms = try deleted.documents.count { document in
                try segment.fields.contains { try $0.lengths.values.value(document) > 0 }
            }
        }
        for (index, field) in segment.fields.enumerated() {
            let name = IndexFormat.fileName(
                segment: segment.name, field: field.manifest.name, suffix: "corrections-\(generation)")
            changed.fields[index].corrections = try corrections(
                deleted, fresh: fresh, of: field, in: segment, directory, name)
        }
        return changed
    }

    /// Writes what the deleted documents take away from the numbers of a field.
    private static func corrections(
        _ deleted: DocumentSet, fresh: [Int], of field: SegmentField, in segment: Segment, _ directory: any Directory,
        _ name: String
    ) throws -> Manifest.Corrections {
        var nonEmpty = 0
        var length = 0
        for document in deleted.documents {
            let terms = try field.lengths.values.value(document)
            nonEmpty += terms > 0 ? 1 : 0
            length += terms
        }
        let corrections = try merge(
            field.corrections?.all() ?? [], removals(of: fresh, deleted, from: field, in: segment))
        let seal = try TermCorrections.write(corrections, directory, name)
        return Manifest.Corrections(
            documentCount: nonEmpty, totalLength: length, postingCount: corrections.reduce(0) { $0 + $1.removed },
            terms: .init(name: name, seal: seal))
    }

    /// How many postings of each term belong to the documents that are deleted now.
    ///
    /// Reads of each posting list the blocks in which one of the documents may lie. So nothing depends on stored text, and a few
    /// documents cost one look into every list.
    private static func removals(
        of fresh: [Int], _ deleted: DocumentSet, from field: SegmentField, in segment: Segment
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
