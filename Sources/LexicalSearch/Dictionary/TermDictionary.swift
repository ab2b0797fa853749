import DurableStorage

/// Finds terms straight in the mapped dictionary file: a binary search over eight-byte keys, then a scan of one block.
///
/// Opening reads only the trailer. A look-up takes O(log n) and well under a microsecond when the pages are in memory.
struct TermDictionary: Sendable {
    let file: ChecksummedFile
    let termCount: Int
    let postingCount: Int
    let blockCount: Int
    /// Whether the entries say where positions are.
    let hasPositions: Bool
    private let indexOffset: Int
    private let offsetsOffset: Int

    /// Opens the file.
    init(_ file: ChecksummedFile) throws {
        let trailer = file.bodyEnd - TermDictionaryLayout.trailerSize
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.file.name, reason: reason) }
        let terms = try file.load(UInt64.self, at: trailer)
        let postings = try file.load(UInt64.self, at: trailer + 8)
        let index = try file.load(UInt64.self, at: trailer + 16)
        let flags = try file.load(UInt64.self, at: trailer + 24)
        guard terms <= UInt64(file.bodyEnd), postings <= 1 << 53, index <= UInt64(trailer) else {
            throw corrupt("its counts are impossible")
        }
        if flags & ~TermDictionaryLayout.positionsFlag != 0 {
            throw StorageError.incompatible(
                file: file.file.name, reason: "it has parts that this version does not know",
                remedy: "use the version of the program that wrote the index, or build it again")
        }
        let blocks = (Int(terms) + TermDictionaryLayout.blockSize - 1) / TermDictionaryLayout.blockSize
        if Int(index) + 16 * blocks != trailer { throw corrupt("its sparse index does not fit") }
        self.file = file
        termCount = Int(terms)
        postingCount = Int(postings)
        blockCount = blocks
        hasPositions = flags & TermDictionaryLayout.positionsFlag != 0
        indexOffset = Int(index)
        offsetsOffset = Int(index) + 8 * blocks
    }

    /// The entry of a term, or nil where no document holds it.
    func find(_ term: UnsafeRawBufferPointer) throws -> TermEntry? {
        guard blockCount > 0, term.count > 0, term.count <= IndexFormat.maximumTermLength else { return nil }
        let key = ByteOrder.key(term)
        // Blocks below `low` begin with a smaller key, blocks from `high` on with a larger one.
        var low = try partition(0, blockCount) { try keyOfBlock($0) < key }
        let high = try partition(low, blockCount) { try keyOfBlock($0) <= key }
        if low < high {
            low = try partition(low, high) { block in
                var reader = try self.reader(ofBlock: block)
                let first = try reader.firstTerm()
                return first.withUnsafeBytes { ByteOrder.compare($0, term) <= 0 }
            }
        }
        if low == 0 { return nil }
        var reader = try self.reader(ofBlock: low - 1)
        return try reader.find(term, count: termCount(ofBlock: low - 1))
    }

    /// Calls `body` with every term and its entry in ascending order; throws where the dictionary is damaged.
    func forEach(_ body: (_ term: [UInt8], _ entry: TermEntry) throws -> Void) throws {
        for block in 0..<blockCount {
            var reader = try self.reader(ofBlock: block)
            var term: [UInt8] = []
            for index in 0..<termCount(ofBlock: block) {
                let entry = try reader.next(&term)
                if index == 0, try keyOfBlock(block) != term.withUnsafeBytes(ByteOrder.key) {
                    throw StorageError.corrupt(file: file.file.name, reason: "a key of the sparse index is wrong")
                }
                try body(term, entry)
            }
        }
    }

    /// A reader before the first term of a block.
    func reader(ofBlock block: Int) throws -> TermBlockReader {
        var reader = TermBlockReader(try self.block(block), positions: hasPositions)
        try reader.beginBlock()
        return reader
    }

    private func termCount(ofBlock block: Int) -> Int {
        min(TermDictionaryLayout.blockSize, termCount - block * TermDictionaryLayout.blockSize)
    }

    private func keyOfBlock(_ block: Int) throws -> UInt64 { try file.load(UInt64.self, at: indexOffset + 8 * block) }

    private func block(_ block: Int) throws -> ByteView {
        let start = try file.load(UInt64.self, at: offsetsOffset + 8 * block)
        let end =
            block + 1 < blockCount
            ? try file.load(UInt64.self, at: offsetsOffset + 8 * block + 8) : UInt64(indexOffset)
        guard start <= end, end <= UInt64(indexOffset) else {
            throw StorageError.corrupt(file: file.file.name, reason: "a block lies outside of the file")
        }
        return try file.view(offset: Int(start), count: Int(end - start))
    }

    /// The first index in a range for which a condition, true first and then false, does not hold.
    private func partition(_ start: Int, _ end: Int, _ holds: (Int) throws -> Bool) rethrows -> Int {
        var low = start
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if try holds(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Reads the terms of one block.
struct TermBlockReader {
    private var reader: ByteReader
    private let hasPositions: Bool
    private var postingsOffset = 0
    private var positionsOffset = 0

    init(_ view: ByteView, positions: Bool) {
        reader = ByteReader(view)
        hasPositions = positions
    }

    mutating func beginBlock() throws {
        postingsOffset = try reader.varint()
        if hasPositions { positionsOffset = try reader.varint() }
    }

    /// The sizes before a term's bytes.
    private mutating func sizes() throws -> (shared: Int, suffix: Int) {
        let both = Int(try reader.integer(UInt8.self))
        var (shared, suffix) = (both & 15, both >> 4)
        if shared == 15 { shared += try reader.varint() & 0xFFFF }
        if suffix == 15 { suffix += try reader.varint() & 0xFFFF }
        return (shared, suffix)
    }

    /// What follows a term's bytes.
    private mutating func entry() throws -> TermEntry {
        let code = try reader.varint()
        let further = code & 1 == 1 ? try reader.varint() : 0
        let length = try reader.varint()
        let positionsLength = hasPositions ? try reader.varint() : 0
        guard code >> 1 <= IndexFormat.maximumDocumentCount, further <= 1 << 53, length <= 1 << 50,
            postingsOffset <= 1 << 53, positionsLength <= 1 << 50, positionsOffset <= 1 << 53
        else {
            throw StorageError.corrupt(file: reader.view.file.name, reason: "an entry has impossible numbers")
        }
        defer {
            postingsOffset += length
            positionsOffset += positionsLength
        }
        return TermEntry(
            documentFrequency: code >> 1, collectionFrequency: (code >> 1) + further, postingsOffset: postingsOffset,
            postingsLength: length, positionsOffset: positionsOffset, positionsLength: positionsLength)
    }

    /// The bytes of the block's first term.
    mutating func firstTerm() throws -> ByteView {
        let sizes = try sizes()
        return try reader.bytes(sizes.suffix)
    }

    /// The next term, given the one before, and its entry.
    mutating func next(_ term: inout [UInt8]) throws -> TermEntry {
        let sizes = try sizes()
        guard sizes.shared <= term.count, (1...IndexFormat.maximumTermLength).contains(sizes.shared + sizes.suffix)
        else {
            throw StorageError.corrupt(file: reader.view.file.name, reason: "a term has an impossible length")
        }
        term.removeSubrange(sizes.shared...)
        term.append(contentsOf: try reader.bytes(sizes.suffix).bytes)
        return try entry()
    }

    /// Scans for a term without building those before it: `matched` is what the last smaller term has in common with it.
    mutating func find(_ term: UnsafeRawBufferPointer, count: Int) throws -> TermEntry? {
        var matched = 0
        for _ in 0..<count {
            let sizes = try sizes()
            let suffix = try reader.bytes(sizes.suffix)
            let entry = try entry()
            if sizes.shared > matched { continue }
            if sizes.shared < matched { return nil }
            let bytes = suffix.unsafeBytes
            var common = 0
            while common < bytes.count, matched + common < term.count, bytes[common] == term[matched + common] {
                common += 1
            }
            if common == bytes.count {
                if matched + common == term.count { return entry }
            } else if matched + common == term.count || bytes[common] > term[matched + common] {
                return nil
            }
            matched += common
        }
        return nil
    }
}
