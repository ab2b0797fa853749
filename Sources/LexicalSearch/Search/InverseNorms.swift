import Synchronization

/// For each document of a segment 1 / (k1 · (1 − b + b · dl / avgdl)) in single precision; made when it is first needed.
final class InverseNorms: @unchecked Sendable {
    private let segment: Segment
    private let similarity: BM25
    private let averageLength: Double
    private let made: Mutex<Bool> = Mutex(false)
    private let values: UnsafeMutableBufferPointer<Float>
    private let isMade = Atomic(false)
    /// The inverse norm of each length code of the segment's block bounds; never below that of a document with the code.
    let ofCodes: [Float]

    init(_ segment: Segment, _ similarity: BM25, averageLength: Double) {
        self.segment = segment
        self.similarity = similarity
        self.averageLength = averageLength
        values = .allocate(capacity: max(segment.documentCount, 1))
        let lengths = segment.contents.lengths.codes.lengths
        ofCodes = (0..<256).map { code in
            // A code that is not in the table stands in no sound file; the shortest length bounds whatever is meant.
            similarity.inverseNorm(
                length: Int(code < lengths.count ? lengths[code] : lengths.first ?? 1), averageLength: averageLength)
        }
    }

    deinit { values.deallocate() }

    /// The values, one a document.
    ///
    /// A document whose value is not a number never reaches a threshold: that is how one is kept out of all results.
    /// Throws where the lengths are damaged.
    func get() throws -> UnsafePointer<Float> {
        if !isMade.load(ordering: .acquiring) {
            try made.withLock { made in
                if !made { try fill() }
                made = true
            }
            isMade.store(true, ordering: .releasing)
        }
        return UnsafePointer(values.baseAddress.unsafelyUnwrapped)
    }

    private func fill() throws {
        var known = (0..<4096).map { similarity.inverseNorm(length: $0, averageLength: averageLength) }
        known[0] = 0
        try segment.contents.lengths.values.forEach { document, length in
            values[document] =
                length < UInt64(known.count)
                ? known[Int(length)] : similarity.inverseNorm(length: Int(length), averageLength: averageLength)
        }
    }
}
