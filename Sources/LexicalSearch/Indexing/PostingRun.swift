import DurableStorage

/// Postings that were written aside when memory was full: a sorted run, to be merged at the commit.
enum PostingRun {
    /// Writes a batch as a run: for each term its bytes, the number of postings, the postings one by one, and their positions, if any.
    static func write(_ batch: PostingBatch, _ directory: any Directory, _ name: String) throws {
        let file = try ChecksummedFileWriter(directory, name, kind: IndexFormat.runKind, version: IndexFormat.version)
        var buffer = ByteWriter()
        for term in 0..<batch.termCount where !batch.documents(of: term).isEmpty {
            batch.withTerm(term) { bytes in
                buffer.appendVarint(bytes.count)
                buffer.append(bytes)
            }
            let documents = batch.documents(of: term)
            buffer.appendVarint(documents.count)
            PostingListEncoder.appendShort(documents, batch.frequencies(of: term), after: -1, into: &buffer)
            if let positions = batch.positions(of: term) {
                buffer.appendVarint(positions.reduce(0) { $0 + $1.count })
                for posting in positions { buffer.append(posting) }
            }
            if buffer.count >= 1 << 16 { try file.write(&buffer) }
        }
        try file.write(&buffer)
        _ = try file.finish()
    }
}

/// Reads a run term by term.
struct PostingRunReader {
    private var reader: ByteReader
    private var forgotten = 0
    private static let forgettingStep = 1 << 15
    /// The term at hand; nil at the end.
    private(set) var term: [UInt8]?
    /// The number of its postings.
    private(set) var count = 0
    private let holdsPositions: Bool

    init(_ directory: any Directory, _ name: String, positions: Bool) throws {
        holdsPositions = positions
        let file = try ChecksummedFile(directory, name, kind: IndexFormat.runKind, version: IndexFormat.version)
        reader = ByteReader(try file.body())
        // Verifying has read all of it; a run of any size is to take little memory while it is merged.
        file.file.forget(before: file.file.count)
        try readTerm()
    }

    /// Puts the postings of the term at hand into a batch from a place on, and goes on to the next term.
    ///
    /// Their positions stay in the run, to which the batch refers.
    mutating func take(into batch: PostingBatch, at start: Int) throws {
        let (documents, frequencies) = (batch.documents + start, batch.frequencies + start)
        var next = 0
        for index in 0..<count {
            let code = try reader.varint()
            let document = next + (code >> 1)
            documents[index] = UInt32(truncatingIfNeeded: document)
            frequencies[index] = code & 1 == 1 ? 1 : UInt32(truncatingIfNeeded: try reader.varint())
            next = document + 1
        }
        if holdsPositions {
            let bytes = try reader.bytes(reader.varint()).unsafeBytes
            var offset = 0
            for index in 0..<count {
                let end = offset + PositionCoding.length(of: frequencies[index], in: bytes, at: offset)
                batch.positions?[start + index] = UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
                offset = end
            }
        }
        try readTerm()
    }

    private mutating func readTerm() throws {
        if reader.position - forgotten >= Self.forgettingStep {
            forgotten = reader.position
            reader.view.file.forget(before: forgotten)
        }
        if reader.isAtEnd {
            term = nil
            count = 0
            return
        }
        term = try reader.bytes(reader.varint()).bytes
        count = try reader.varint()
    }
}

/// Merges runs, whose documents follow one another, into batches in term order.
struct PostingRunMerger {
    private var runs: [PostingRunReader]
    private let positions: Bool
    /// A batch is handed out when it holds this many postings, 6 or 8 MB.
    static func batchSize(positions: Bool) -> Int { positions ? 1 << 18 : 1 << 20 }

    init(_ runs: [PostingRunReader], positions: Bool) {
        self.runs = runs
        self.positions = positions
    }

    /// Calls `body` with one batch after the other; the same object is used again.
    mutating func forEachBatch(_ body: (PostingBatch) throws -> Void) throws {
        let size = Self.batchSize(positions: positions)
        let batch = PostingBatch(capacity: size, positions: positions)
        while let term = leastTerm() {
            let holders = runs.indices.filter { runs[$0].term == term }
            batch.reserve(holders.reduce(0) { $0 + runs[$1].count })
            var end = batch.postingCount
            for index in holders {
                let count = runs[index].count
                try runs[index].take(into: batch, at: end)
                end += count
            }
            batch.starts.append(end)
            batch.termBytes.append(contentsOf: term)
            batch.termOffsets.append(batch.termBytes.count)
            if end >= size {
                try body(batch)
                batch.removeAll()
            }
        }
        if batch.termCount > 0 { try body(batch) }
    }

    private func leastTerm() -> [UInt8]? {
        var least: [UInt8]?
        for run in runs {
            guard let term = run.term else { continue }
            if least.map({ term.lexicographicallyPrecedes($0) }) ?? true { least = term }
        }
        return least
    }
}
