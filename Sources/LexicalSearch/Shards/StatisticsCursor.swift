import DurableStorage

/// Walks through the terms of a file of statistics.
final class StatisticsCursor: TermFrequencyCursor {
    private let statistics: ShardStatistics
    private var place: Int
    private var reader: StatisticsBlockReader?
    private var bytes: [UInt8] = []
    private(set) var term: [UInt8]?
    private(set) var frequency = 0

    /// A cursor at the first term of a block.
    init(_ statistics: ShardStatistics, block: Int = 0) throws {
        self.statistics = statistics
        place = block * StatisticsLayout.blockSize
        try next()
    }

    func next() throws {
        guard place < statistics.termCount else {
            term = nil
            return
        }
        if reader == nil || place % StatisticsLayout.blockSize == 0 {
            reader = StatisticsBlockReader(
                try statistics.block(place / StatisticsLayout.blockSize), documents: statistics.documentCount)
            bytes.removeAll(keepingCapacity: true)
        }
        guard let entry = try reader?.next() else { return }
        bytes.removeSubrange(entry.shared...)
        bytes.append(contentsOf: entry.suffix.bytes)
        frequency = entry.frequency
        if let term, !term.lexicographicallyPrecedes(bytes) {
            throw StorageError.corrupt(file: statistics.file.file.name, reason: "its terms do not ascend")
        }
        term = bytes
        place += 1
    }
}
