import DurableStorage

/// Reads the terms of one block of a file of statistics.
struct StatisticsBlockReader {
    /// A term as it is written: what it shares with the one before, what follows, and how many documents hold it.
    struct Entry {
        var shared: Int
        var suffix: ByteView
        var frequency: Int
    }

    private var reader: ByteReader
    private let documents: Int
    /// The length of the last term.
    private var length = 0

    /// A reader before the first term of a block, of statistics of so many documents.
    init(_ block: ByteView, documents: Int) {
        reader = ByteReader(block)
        self.documents = documents
    }

    /// The next term; throws `StorageError.corrupt` where its numbers cannot be true.
    mutating func next() throws -> Entry {
        let shared = try reader.varint()
        let count = try reader.varint()
        guard shared <= length, count <= IndexFormat.maximumTermLength,
            (1...IndexFormat.maximumTermLength).contains(shared + count)
        else { throw corrupt("a term has an impossible length") }
        let suffix = try reader.bytes(count)
        let frequency = try reader.varint()
        guard (1...max(1, documents)).contains(frequency) else {
            throw corrupt("a term has an impossible number of documents")
        }
        length = shared + count
        return Entry(shared: shared, suffix: suffix, frequency: frequency)
    }

    /// Whether the first term of the block stands after a term.
    mutating func begins(after term: UnsafeRawBufferPointer) throws -> Bool {
        try next().suffix.withUnsafeBytes { ByteOrder.compare($0, term) > 0 }
    }

    /// The number of documents that hold a term, 0 where the block has it not; no term before it is put together.
    mutating func frequency(of term: UnsafeRawBufferPointer, terms: Int) throws -> Int {
        // What the last smaller term has in common with the one that is looked for.
        var matched = 0
        for _ in 0..<terms {
            let entry = try next()
            if entry.shared > matched { continue }
            if entry.shared < matched { return 0 }
            let bytes = entry.suffix.unsafeBytes
            var common = 0
            while common < bytes.count, matched + common < term.count, bytes[common] == term[matched + common] {
                common += 1
            }
            let isWhole = matched + common == term.count
            if common == bytes.count {
                if isWhole { return entry.frequency }
            } else if isWhole || bytes[common] > term[matched + common] {
                return 0
            }
            matched += common
        }
        return 0
    }

    private func corrupt(_ reason: String) -> StorageError { .corrupt(file: reader.view.file.name, reason: reason) }
}
