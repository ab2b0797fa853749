import DurableStorage

/// Writes a dictionary: terms in ascending byte order in front-coded blocks of 16, then a sparse index of the blocks.
final class TermDictionaryWriter {
    private let file: ChecksummedFileWriter
    private var previous: [UInt8] = []
    private var block = ByteWriter()
    private var keys = ByteWriter()
    private var offsets = ByteWriter()
    private var termCount = 0
    private var postingCount = 0
    private let positions: Bool

    /// A writer of a new dictionary, which says where positions are or not.
    init(_ directory: any Directory, _ name: String, positions: Bool = false) throws {
        self.positions = positions
        file = try ChecksummedFileWriter(directory, name, kind: IndexFormat.termsKind, version: IndexFormat.version)
    }

    /// Appends a term; it must follow the one before in byte order.
    func add(_ term: UnsafeRawBufferPointer, _ entry: TermEntry) throws {
        precondition((1...IndexFormat.maximumTermLength).contains(term.count), "a term has 1 to 255 bytes")
        var shared = 0
        if termCount % TermDictionaryLayout.blockSize == 0 {
            try file.write(&block)
            keys.append(ByteOrder.key(term))
            offsets.append(UInt64(file.position))
            block.appendVarint(entry.postingsOffset)
            if positions { block.appendVarint(entry.positionsOffset) }
        } else {
            let limit = min(previous.count, term.count)
            while shared < limit, previous[shared] == term[shared] { shared += 1 }
        }
        let suffix = term.count - shared
        block.append(UInt8(min(shared, 15) | min(suffix, 15) << 4))
        if shared >= 15 { block.appendVarint(shared - 15) }
        if suffix >= 15 { block.appendVarint(suffix - 15) }
        block.append(UnsafeRawBufferPointer(rebasing: term[shared...]))
        let further = entry.collectionFrequency - entry.documentFrequency
        block.appendVarint(entry.documentFrequency << 1 | (further == 0 ? 0 : 1))
        if further != 0 { block.appendVarint(further) }
        block.appendVarint(entry.postingsLength)
        if positions { block.appendVarint(entry.positionsLength) }
        previous.removeAll(keepingCapacity: true)
        previous.append(contentsOf: term)
        termCount += 1
        postingCount += entry.documentFrequency
    }

    /// Writes the sparse index and the trailer.
    func finish() throws -> FileSeal {
        try file.write(&block)
        let indexOffset = file.position
        try file.write(&keys)
        try file.write(&offsets)
        var trailer = ByteWriter()
        trailer.append(UInt64(termCount))
        trailer.append(UInt64(postingCount))
        trailer.append(UInt64(indexOffset))
        trailer.append(positions ? TermDictionaryLayout.positionsFlag : 0)
        try file.write(&trailer)
        return try file.finish()
    }
}

/// Where things stand in a dictionary file.
enum TermDictionaryLayout {
    /// Terms in a block.
    static let blockSize = 16
    /// Term count (8), posting count (8), offset of the sparse index (8), flags (8).
    static let trailerSize = 32
    /// The flag of a dictionary that says where positions are.
    static let positionsFlag: UInt64 = 1
}
