import CKernels
import DurableStorage

/// Walks through a posting list block by block; the seam through which every evaluation strategy reads postings.
///
/// Every byte was verified when the cursor was made, and every number is checked before it is used, so that a file made with ill
/// intent throws `corrupt` and never traps: after `load(block:)` the documents ascend strictly and lie below `documentLimit`.
struct PostingCursor: ~Copyable {
    /// The number of postings.
    private(set) var count: Int
    /// The number of blocks; all but the last are full.
    private(set) var blockCount: Int
    /// The loaded block; −1 before the first.
    private(set) var block = -1
    /// The number of postings of the loaded block.
    private(set) var size = 0
    /// The documents of the loaded block; beyond its size up to 128 numbers that are above every document.
    let documents: UnsafeMutablePointer<UInt32>
    /// The frequencies of the loaded block, each at least 1; valid after `loadFrequencies()`.
    let frequencies: UnsafeMutablePointer<UInt32>
    /// Whether every frequency of the loaded block is 1.
    private(set) var occursOnce = false

    private var view: ByteView
    private var bytes: UnsafeRawPointer
    private var documentLimit: UInt32
    private var dataStart: Int
    /// The packed frequencies of the loaded block while they are not unpacked.
    private var packedFrequencies: UnsafePointer<UInt8>?
    private var frequencyBits: UInt32 = 0

    /// A cursor before the first posting of a list with `count` postings.
    init(_ view: ByteView, count: Int, documentLimit: Int) throws {
        let part = try Self.parts(view, count: count, documentLimit: documentLimit)
        self.view = view
        self.count = count
        self.documentLimit = UInt32(documentLimit)
        bytes = part.bytes
        blockCount = part.blocks
        dataStart = part.dataStart
        documents = .allocate(capacity: 2 * IndexFormat.blockSize)
        documents.initialize(repeating: Self.padding, count: 2 * IndexFormat.blockSize)
        frequencies = documents + IndexFormat.blockSize
    }

    /// Goes before the first posting of another list, with the same working memory.
    mutating func reset(_ view: ByteView, count: Int, documentLimit: Int) throws {
        let part = try Self.parts(view, count: count, documentLimit: documentLimit)
        self.view = view
        self.count = count
        self.documentLimit = UInt32(documentLimit)
        bytes = part.bytes
        blockCount = part.blocks
        dataStart = part.dataStart
        block = -1
        size = 0
        packedFrequencies = nil
        occursOnce = false
    }

    /// Above every document.
    private static let padding = UInt32(Int32.max)

    private static func parts(
        _ view: ByteView, count: Int, documentLimit: Int
    ) throws -> (bytes: UnsafeRawPointer, blocks: Int, dataStart: Int) {
        let blocks = (max(0, min(count, documentLimit)) + IndexFormat.blockSize - 1) / IndexFormat.blockSize
        let hasDirectory = count >= IndexFormat.blockSize
        let start = hasDirectory ? PostingListLayout.headerSize + PostingListLayout.entrySize * blocks : 0
        guard count >= 1, count <= documentLimit, documentLimit <= IndexFormat.maximumDocumentCount,
            start <= view.count,
            let bytes = view.unsafeBytes.baseAddress
        else {
            throw StorageError.corrupt(
                file: view.file.name, reason: "a posting list of \(count) postings in \(view.count) bytes is impossible"
            )
        }
        return (bytes, blocks, start)
    }

    deinit { documents.deallocate() }

    /// Whether the list has a directory of blocks with bounds: every list of at least 128 postings.
    var hasDirectory: Bool { dataStart > 0 }

    /// The last document of a block of a list with a directory.
    @inline(__always)
    func lastDocument(ofBlock block: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: entry(block), as: UInt32.self))
    }

    /// The bound of a block of a list with a directory.
    @inline(__always)
    func bound(ofBlock block: Int) -> BlockBound {
        BlockBound(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: entry(block) + 8, as: UInt64.self)) >> 16)
    }

    /// The bound of the whole list, where it has a directory.
    var bound: BlockBound? {
        hasDirectory ? BlockBound(UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))) : nil
    }

    @inline(__always)
    private func entry(_ block: Int) -> Int {
        PostingListLayout.headerSize + PostingListLayout.entrySize * min(max(block, 0), blockCount - 1)
    }

    /// Loads the next block; false at the end.
    mutating func next() throws -> Bool {
        if block + 1 >= blockCount { return false }
        try load(block: block + 1)
        return true
    }

    /// Loads the first block from the current one on whose last document is not before `document`; false where there is none.
    ///
    /// Frequencies are then at hand one by one.
    mutating func advance(to document: UInt32) throws -> Bool {
        if block >= 0, size > 0, documents[size - 1] >= document { return true }
        guard hasDirectory else {
            if block >= 0 { return false }
            try loadDocuments(block: 0)
            return documents[size - 1] >= document
        }
        var low = block + 1
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            if lastDocument(ofBlock: middle) < document { low = middle + 1 } else { high = middle }
        }
        if low == blockCount { return false }
        try loadDocuments(block: low)
        return true
    }

    /// The place of a document in the loaded block, by binary search.
    func find(_ document: UInt32) -> Int? {
        var low = 0
        var high = size
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < size && documents[low] == document ? low : nil
    }

    /// Loads a block by number.
    mutating func load(block: Int) throws {
        try loadDocuments(block: block)
        loadFrequencies()
    }

    /// Unpacks the frequencies of the loaded block, unless that was done.
    mutating func loadFrequencies() {
        guard let packed = packedFrequencies else { return }
        packedFrequencies = nil
        ck_unpack128(packed, frequencyBits, 1, frequencies)
    }

    /// The frequency of one posting of the loaded block, whether or not all were unpacked.
    @inline(__always)
    func frequency(at index: Int) -> UInt32 {
        guard let packed = packedFrequencies else { return frequencies[index] }
        return ck_unpack_one(packed, frequencyBits, UInt32(truncatingIfNeeded: index)) &+ 1
    }

    /// Loads the documents of a block by number; its frequencies are at hand one by one, or after `loadFrequencies()`.
    mutating func loadDocuments(block: Int) throws {
        precondition(block >= 0 && block < blockCount, "a block of the list")
        self.block = block
        packedFrequencies = nil
        occursOnce = false
        guard hasDirectory else {
            try decodeShort(from: 0, to: view.count, after: -1, count: count)
            return
        }
        let entry = entry(block)
        let last = lastDocument(ofBlock: block)
        let previous = block == 0 ? -1 : Int(lastDocument(ofBlock: block - 1))
        let offset = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: entry + 4, as: UInt32.self)))
        let documentBits = bytes.load(fromByteOffset: entry + 8, as: UInt8.self)
        let frequencyBits = bytes.load(fromByteOffset: entry + 9, as: UInt8.self)
        let start = dataStart + 16 * offset
        let postings = min(IndexFormat.blockSize, count - block * IndexFormat.blockSize)
        if postings < IndexFormat.blockSize {
            guard documentBits == PostingListLayout.tailMark, frequencyBits == PostingListLayout.tailMark,
                start <= view.count
            else { throw corrupt("has a damaged last block") }
            try decodeShort(from: start, to: view.count, after: previous, count: postings)
        } else {
            let bytesOfDocuments = 16 * Int(documentBits)
            guard documentBits <= 32, frequencyBits <= PostingListLayout.maximumFrequencyBits,
                start + bytesOfDocuments + 16 * Int(frequencyBits) <= view.count,
                last < documentLimit, previous < Int(last)
            else { throw corrupt("has a block outside of its bytes") }
            let packed = (bytes + start).assumingMemoryBound(to: UInt8.self)
            ck_unpack128_gaps(packed, UInt32(documentBits), UInt32(truncatingIfNeeded: previous), documents)
            packedFrequencies = packed + bytesOfDocuments
            self.frequencyBits = UInt32(frequencyBits)
            occursOnce = frequencyBits == 0
            size = postings
            // Up to 24 bits a gap the sum cannot pass 2^32, so the documents ascend; above that it has to be seen.
            if documentBits > 24 { try checkAscent(after: previous) }
        }
        if documents[size - 1] != last { throw corrupt("does not end its block where it says") }
    }

    private func checkAscent(after previous: Int) throws {
        var previous = previous
        for index in 0..<size {
            if Int(documents[index]) <= previous { throw corrupt("does not ascend") }
            previous = Int(documents[index])
        }
    }

    /// Decodes postings that are coded one by one.
    private mutating func decodeShort(from start: Int, to end: Int, after previous: Int, count: Int) throws {
        var position = start
        var next = previous + 1
        for index in 0..<count {
            guard let code = Self.varint(bytes, &position, end) else { throw corrupt("ends early") }
            let document = next + Int(code >> 1)
            guard document < Int(documentLimit) else { throw corrupt("names a document that is not there") }
            documents[index] = UInt32(document)
            next = document + 1
            if code & 1 == 1 {
                frequencies[index] = 1
            } else {
                guard let frequency = Self.varint(bytes, &position, end), frequency > 1, frequency <= UInt64(Int32.max)
                else { throw corrupt("has an impossible frequency") }
                frequencies[index] = UInt32(frequency)
            }
        }
        for index in count..<IndexFormat.blockSize { documents[index] = Self.padding }
        size = count
    }

    /// The next variable-length integer of at most five bytes.
    @inline(__always)
    private static func varint(_ bytes: UnsafeRawPointer, _ position: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 35 {
            let byte = bytes.load(fromByteOffset: position, as: UInt8.self)
            position &+= 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
        return nil
    }

    /// The error for a list in which something is wrong.
    func corrupt(_ what: String) -> StorageError {
        .corrupt(file: view.file.name, reason: "a posting list \(what)")
    }
}
