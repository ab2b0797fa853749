/// Which segments a commit merges.
///
/// Segments of which more than a quarter of the documents are deleted are written anew. Where there would be more than eight segments, the
/// last ones become one: from the end as long as the segment before holds fewer than twice the documents of those after it together,
/// at least two. So each document is written again about log2(N / batch) times while an index grows in batches, and the segments'
/// sizes fall off from the first to the last. Segments that are merged are neighbours: the documents keep their order.
enum MergePolicy {
    /// More segments than this are not left.
    static let maximumSegmentCount = 8

    /// The number of documents of a segment.
    struct Size: Sendable, Hashable {
        var documents: Int
        var live: Int
    }

    /// The ranges of segments to be merged into one each; one segment alone is written anew without its deleted documents.
    static func plan(_ sizes: [Size], compact: Bool = false) -> [Range<Int>] {
        if compact {
            let total = sizes.reduce(0) { $0 + $1.live }
            let isCompact = sizes.count <= 1 && sizes.allSatisfy { $0.live == $0.documents }
            if !isCompact, total <= IndexFormat.maximumDocumentCount { return [0..<sizes.count] }
        }
        let start = sizes.count > maximumSegmentCount ? suffixStart(sizes) : sizes.count
        var ranges: [Range<Int>] = []
        for (index, size) in sizes[..<start].enumerated() where isWorn(size, compact: compact) {
            ranges.append(index..<(index + 1))
        }
        if start < sizes.count { ranges.append(start..<sizes.count) }
        return ranges
    }

    private static func isWorn(_ size: Size, compact: Bool) -> Bool {
        let deleted = size.documents - size.live
        return compact ? deleted > 0 : 4 * deleted > size.documents
    }

    private static func suffixStart(_ sizes: [Size]) -> Int {
        var start = sizes.count - 1
        var total = sizes[start].live
        while start > 0 {
            let before = sizes[start - 1].live
            if before >= 2 * total, start < sizes.count - 1 { break }
            if before + total > IndexFormat.maximumDocumentCount { break }
            start -= 1
            total += before
        }
        return start < sizes.count - 1 ? start : sizes.count
    }
}
