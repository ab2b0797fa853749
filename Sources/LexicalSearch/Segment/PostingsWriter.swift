import DurableStorage

/// Writes the dictionary, the postings and, if wanted, the positions of a segment from batches in term order.
final class PostingsWriter {
    private let terms: TermDictionaryWriter
    private let postings: ChecksummedFileWriter
    private let positions: ChecksummedFileWriter?
    private let threads: Int
    private let encoders: [Encoder]
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
        encoders = (0..<threads).map { _ in Encoder(encoder) }
    }

    /// The encoder of one thread.
    private final class Encoder {
        var encoder: PostingListEncoder
        init(_ encoder: PostingListEncoder) { self.encoder = encoder }
    }

    /// What one thread encodes: consecutive terms.
    private struct Encoded: Sendable {
        var bytes = ByteWriter()
        var positions = ByteWriter()
        var entries: [(term: Int, entry: TermEntry)] = []
    }

    /// Appends a batch; its terms follow those of the batch before.
    ///
    /// Lists are encoded on all threads while those before them are written.
    func add(_ batch: PostingBatch) throws {
        let ranges = split(batch)
        nonisolated(unsafe) let encoders = encoders
        try OrderedParallel.run(ranges.count, threads: threads, chunkLimit: 2) { index, thread in
            Self.encode(ranges[index], of: batch, by: &encoders[thread].encoder)
        } deliver: { _, encoded in
            try write(encoded, of: batch)
        }
    }

    private static func encode(
        _ terms: Range<Int>, of batch: PostingBatch, by encoder: inout PostingListEncoder
    ) -> Encoded {
        var encoded = Encoded()
        for term in terms {
            let documents = batch.documents(of: term)
            let frequencies = batch.frequencies(of: term)
            if documents.isEmpty { continue }
            let offset = encoded.bytes.count
            encoder.encode(documents: documents, frequencies: frequencies, into: &encoded.bytes)
            var entry = TermEntry(
                documentFrequency: documents.count, collectionFrequency: frequencies.reduce(0) { $0 + Int($1) },
                postingsOffset: offset, postingsLength: encoded.bytes.count - offset)
            if let positions = batch.positions(of: term) {
                entry.positionsOffset = encoded.positions.count
                PositionCoding.appendList(positions, into: &encoded.positions)
                entry.positionsLength = encoded.positions.count - entry.positionsOffset
            }
            encoded.entries.append((term, entry))
        }
        return encoded
    }

    private func write(_ part: Encoded, of batch: PostingBatch) throws {
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
