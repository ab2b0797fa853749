extension HardNegativeMiner {
    /// Bounds what the batch of queries under way and the caches of texts hold, by estimates of their sizes; results do not change.
    ///
    /// A half goes to the batch: from 16 to 1024 queries, each with its candidates, their fates where those are asked for, and its rows. The
    /// rest is for hashes and signatures of documents and for shingles, which are computed anew when they were forgotten. What queries,
    /// judgements, the retriever and the store of texts take is not counted.
    public mutating func limitMemory(to bytes: Int) {
        let bytes = max(bytes, 0)
        batchSize = max(16, min(1024, bytes / 2 / bytesPerQuery))
        textLimit = max(1024, bytes / 8 / Self.bytesPerHash)
        similarity?.limit(
            .init(
                signatures: max(1024, bytes / 8 / Self.bytesPerSignature), recent: 4096,
                shingles: max(1 << 16, bytes / 4 / MemoryLayout<UInt64>.stride)))
    }

    /// About what a query of the batch takes: its candidates and rejections, and some kilobytes of rows.
    private var bytesPerQuery: Int {
        options.rangeMax.clamped(to: 1...10_000) * (explains ? 600 : 200) + 16 << 10
    }

    /// An entry of a dictionary with an id of up to some dozens of bytes.
    private static let bytesPerHash = 128
    private static let bytesPerSignature = 256
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
