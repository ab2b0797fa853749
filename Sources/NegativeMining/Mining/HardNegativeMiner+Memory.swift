extension HardNegativeMiner {
    /// Bounds what the batch of queries under way and the caches of texts hold, by estimates of their sizes; results do not change.
    ///
    /// The batch has from 16 to 1024 queries, each with its candidates, their fates where those are asked for, and its rows. The caches hold
    /// hashes of documents and, where near duplicates are looked for, signatures and shingles; what they forgot is computed anew, which
    /// costs most where signatures of fewer documents are held than are candidates again and again. What queries' ids, judgements, the
    /// retriever and the store of texts take is not counted.
    public mutating func limitMemory(to bytes: Int) {
        let eighth = max(bytes, 0) / 8
        textLimit = max(1024, 2 * eighth / Self.bytesPerHash)
        guard let similarity else {
            batchSize = max(16, min(1024, 6 * eighth / bytesPerQuery))
            return
        }
        batchSize = max(16, min(1024, eighth / bytesPerQuery))
        similarity.limit(
            .init(
                signatures: max(1024, 4 * eighth / Self.bytesPerSignature), recent: 4096,
                shingles: max(1 << 16, eighth / MemoryLayout<UInt64>.stride)))
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
