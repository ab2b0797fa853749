import CKernels
import DurableStorage

/// Turns the postings of one term into the bytes of the postings file.
struct PostingListEncoder {
    private let lengthCodes: [UInt8]
    private var bounds: BlockBoundBuilder
    private var listBounds: BlockBoundBuilder
    private var gaps = [UInt32](repeating: 0, count: IndexFormat.blockSize)
    private var counts = [UInt32](repeating: 0, count: IndexFormat.blockSize)
    private var packed = [UInt8](repeating: 0, count: 16 * 32)
    private var entries = ByteWriter()
    private var data = ByteWriter()

    /// An encoder for a segment, whose documents have these length codes.
    init(lengthCodes: [UInt8], codes: LengthCodes, averageLength: Double) {
        self.lengthCodes = lengthCodes
        bounds = BlockBoundBuilder(codes: codes, averageLength: averageLength)
        listBounds = bounds
    }

    /// Appends the list of a term: documents ascending, frequencies at least 1.
    mutating func encode(
        documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>, into output: inout ByteWriter
    ) {
        let size = IndexFormat.blockSize
        if documents.count < size {
            Self.appendShort(documents, frequencies, after: -1, into: &output)
            return
        }
        entries.removeAll()
        data.removeAll()
        var start = 0
        var previous = -1
        while start < documents.count {
            let end = min(start + size, documents.count)
            let blockDocuments = UnsafeBufferPointer(rebasing: documents[start..<end])
            let blockFrequencies = UnsafeBufferPointer(rebasing: frequencies[start..<end])
            for index in 0..<(end - start) {
                bounds.add(frequency: blockFrequencies[index], length: lengthCodes[Int(blockDocuments[index])])
            }
            let bound = bounds.take()
            listBounds.add(bound)
            let last = blockDocuments[end - start - 1]
            entries.append(last)
            entries.append(UInt32(data.count / 16))
            if end - start == size {
                let bits = appendBlock(blockDocuments, blockFrequencies, after: previous)
                entries.append(bits.documents)
                entries.append(bits.frequencies)
            } else {
                entries.append(PostingListLayout.tailMark)
                entries.append(PostingListLayout.tailMark)
                Self.appendShort(blockDocuments, blockFrequencies, after: previous, into: &data)
            }
            entries.append(bound.bytes)
            previous = Int(last)
            start = end
        }
        output.append(listBounds.take().bytes)
        output.append(UInt16(0))
        output.append(entries.bytes)
        output.append(data.bytes)
    }

    private mutating func appendBlock(
        _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>, after previous: Int
    ) -> (documents: UInt8, frequencies: UInt8) {
        var previous = UInt32(truncatingIfNeeded: previous)
        var allGaps: UInt32 = 0
        var allCounts: UInt32 = 0
        for index in 0..<IndexFormat.blockSize {
            let gap = documents[index] &- previous &- 1
            previous = documents[index]
            gaps[index] = gap
            counts[index] = frequencies[index] &- 1
            allGaps |= gap
            allCounts |= counts[index]
        }
        let gapBits = 32 - allGaps.leadingZeroBitCount
        let countBits = 32 - allCounts.leadingZeroBitCount
        pack(gaps, bits: gapBits)
        pack(counts, bits: countBits)
        return (UInt8(gapBits), UInt8(countBits))
    }

    private mutating func pack(_ values: [UInt32], bits: Int) {
        ck_pack128(values, UInt32(bits), &packed)
        packed.withUnsafeBytes { data.append(UnsafeRawBufferPointer(rebasing: $0[..<(16 * bits)])) }
    }

    /// Appends postings one by one: the gap doubled, plus one where the frequency is 1; otherwise the frequency follows.
    static func appendShort(
        _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>, after previous: Int,
        into output: inout ByteWriter
    ) {
        var previous = previous
        for index in documents.indices {
            let document = Int(documents[index])
            let gap = document - previous - 1
            previous = document
            if frequencies[index] == 1 {
                output.appendVarint(gap << 1 | 1)
            } else {
                output.appendVarint(gap << 1)
                output.appendVarint(Int(frequencies[index]))
            }
        }
    }
}
