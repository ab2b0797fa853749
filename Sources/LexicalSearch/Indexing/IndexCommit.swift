import DurableStorage

/// Turns the segments of the last commit and a new one into those of the next: deletions are written, segments merged.
struct IndexCommit {
    let directory: any Directory
    let threads: Int
    /// The segments of the last commit; nil for a new index.
    let base: IndexBase?
    /// Whether all documents are to be in one segment.
    let compact: Bool

    /// A segment on its way into the next commit.
    private struct Candidate {
        var segment: Segment
        var deleted: DocumentSet
        /// Whether the deletions have still to be written.
        var isChanged: Bool
        var live: Int { segment.documentCount - deleted.count }
    }

    /// The manifest of the next commit, whose files are all durable; nil where nothing would change.
    func prepare(_ fresh: Manifest.Segment?, into manifest: Manifest) throws -> Manifest? {
        var next = manifest
        next.generation += 1
        guard let base else {
            next.segments = [fresh].compactMap { $0 }
            return next
        }
        var candidates: [Candidate] = []
        for (index, segment) in base.segments.enumerated() {
            candidates.append(
                Candidate(
                    segment: segment, deleted: base.deletedDocuments(of: index), isChanged: base.isChanged[index]))
        }
        if let fresh {
            let segment = try Segment(directory, fresh, base: 0)
            candidates.append(
                Candidate(segment: segment, deleted: DocumentSet(documentCount: fresh.documentCount), isChanged: false))
        }
        let known = candidates.count
        candidates.removeAll { $0.live == 0 }
        let plan = MergePolicy.plan(
            candidates.map { .init(documents: $0.segment.documentCount, live: $0.live) }, compact: compact)
        let isUnchanged =
            fresh == nil && manifest.shard == base.manifest.shard && plan.isEmpty && candidates.count == known
        if isUnchanged, candidates.allSatisfy({ !$0.isChanged }) { return nil }
        next.segments = try merge(candidates, plan, &next)
        return next
    }

    private func merge(
        _ candidates: [Candidate], _ plan: [Range<Int>], _ next: inout Manifest
    ) throws -> [Manifest.Segment] {
        var segments: [Manifest.Segment] = []
        var index = 0
        while index < candidates.count {
            if let range = plan.first(where: { $0.lowerBound == index }) {
                let files = SegmentFiles(
                    directory: directory, name: "segment-\(next.nextSegment)", fields: next.fieldNames,
                    threads: threads,
                    storesPositions: next.storesPositions == true)
                next.nextSegment += 1
                let merger = SegmentMerger(
                    candidates[range].map { .init(segment: $0.segment, deleted: $0.deleted) }, files: files)
                segments.append(try merger.write(storesText: next.storesText))
                index = range.upperBound
                continue
            }
            let candidate = candidates[index]
            segments.append(
                candidate.isChanged
                    ? try SegmentDeletion.write(
                        candidate.deleted, of: candidate.segment, generation: next.generation, directory)
                    : candidate.segment.manifest)
            index += 1
        }
        return segments
    }
}
