import DurableStorage

/// Writes the dictionary, the postings and, if wanted, the positions of a segment from batches in term order.
final class PostingsWriter {
    private let terms: TermDictionaryWriter
    private let postings: ChecksummedFileWriter
    private let positions: ChecksummedFileWriter?
    private let threads: Int
    private var encoders: [PostingListEncoder]
    private(set) var termCount = 0
    private(set) var postingCount = 0
    /// The sum of all frequencies.
    private(set) var occurrenceCount = 0

    /// Postings that one thread encodes at a time.
    private static let rangeSize = 1 << 16

    init(
        _ directory: any Directory, termsName: String, postingsName: String, lengths: [UInt32], codes: LengthCodes,
        averageLength: Double, threads: Int, positionsName: String? = nil
    ) throws {
        terms = try TermDictionaryWriter(directory, termsName, positions: positionsName != nil)
        postings = try ChecksummedFileWriter(
            directory, postingsName, kind: IndexFormat.postingsKind, version: IndexFormat.version)
        positions = try positionsName.map {
            try ChecksummedFileWriter(directory, $0, kind: IndexFormat.positionsKind, version: IndexFormat.version)
        }
        self.threads = threads
        let encoder = PostingListEncoder(
            lengthCodes: codes.codes(of: lengths), codes: codes, averageLength: averageLength)
        encoders = [PostingListEncoder](repeating: encoder, count: threads)
    }

    /// What one thread encodes: consecutive terms.
    private struct Encoded: Sendable {
        var bytes = ByteWriter()
        var positions = ByteWriter()
        var entries: [(term: Int, entry: TermEntry)] = []
    }

    /// Appends a batch; its terms follow those of the batch before.
    func add(_ batch: PostingBatch) throws {
        let ranges = split(batch)
        var start = 0
        while start < ranges.count {
            let end = min(start + 4 * threads, ranges.count)
            try write(encode(Array(ranges[start..<end]), of: batch), of: batch)
            start = end
        }
    }

    private func encode(_ ranges: [Range<Int>], of batch: PostingBatch) -> [Encoded] {
        var results = [Encoded](repeating: Encoded(), count: ranges.count)
        results.withUnsafeMutableBufferPointer { results in
            encoders.withUnsafeMutableBufferPointer { encoders in
                nonisolated(unsafe) let results = results
                nonisolated(unsafe) let encoders = encoders
                Parallel.forEach(ranges.count, threads: threads) { index, thread in
                    var encoded = Encoded()
                    for term in ranges[index] {
                        let documents = batch.documents(of: term)
                        let frequencies = batch.frequencies(of: term)
                        if documents.isEmpty { continue }
                        let offset = encoded.bytes.count
                        encoders[thread].encode(documents: documents, frequencies: frequencies, into: &encoded.bytes)
                        var entry = TermEntry(
                            documentFrequency: documents.count,
                            collectionFrequency: frequencies.reduce(0) { $0 + Int($1) },
                            postingsOffset: offset, postingsLength: encoded.bytes.count - offset)
                        if let positions = batch.positions(of: term) {
                            entry.positionsOffset = encoded.positions.count
                            PositionCoding.appendList(positions, into: &encoded.positions)
                            entry.positionsLength = encoded.positions.count - entry.positionsOffset
                        }
                        encoded.entries.append((term, entry))
                    }
                    results[index] = encoded
                }
            }
        }
        return results
    }

    private func write(_ parts: [Encoded], of batch: PostingBatch) throws {
        for part in parts {
            let base = postings.position
            try postings.write(part.bytes.bytes)
            let positionsBase = positions?.position ?? 0
            try positions?.write(part.positions.bytes)
            for (term, var entry) in part.entries {
                entry.postingsOffset += base
                entry.positionsOffset += positionsBase
                try batch.withTerm(term) { try terms.add($0, entry) }
                termCount += 1
                postingCount += entry.documentFrequency
                occurrenceCount += entry.collectionFrequency
            }
        }
    }

    /// Makes the files durable.
    func finish() throws -> (terms: FileSeal, postings: FileSeal, positions: FileSeal?) {
        (try terms.finish(), try postings.finish(), try positions?.finish())
    }

    private func split(_ batch: PostingBatch) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for term in 0..<batch.termCount where batch.starts[term + 1] - batch.starts[start] >= Self.rangeSize {
            ranges.append(start..<(term + 1))
            start = term + 1
        }
        if start < batch.termCount { ranges.append(start..<batch.termCount) }
        return ranges
    }
}
