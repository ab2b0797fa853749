import DurableStorage

/// The users' ids of a segment's documents: by document, by place in byte order, and the other way round.
///
/// `order` lists the documents by their ids in ascending byte order; `rank` is its inverse, so that ties can be broken without the ids.
struct DocumentIDTable: Sendable {
    let file: ChecksummedFile
    /// Where each block of ids begins, and where the last ends, counted from the body's start.
    let blocks: PackedArray
    let order: PackedArray
    let rank: PackedArray
    let count: Int
    private let bytesEnd: Int

    private static let trailerSize = 24

    /// Opens the file of a segment with so many documents.
    init(_ file: ChecksummedFile, documentCount: Int) throws {
        let trailer = file.bodyEnd - Self.trailerSize
        let stated = try file.load(UInt64.self, at: trailer)
        let byteCount = try file.load(UInt64.self, at: trailer + 8)
        let offsetWidth = Int(try file.load(UInt8.self, at: trailer + 16))
        let rankWidth = Int(try file.load(UInt8.self, at: trailer + 17))
        // A rank of more than four bytes would reach into the score beside which it stands in a candidate's key.
        guard stated == UInt64(documentCount), byteCount <= UInt64(file.bodyEnd), rankWidth <= 4 else {
            throw StorageError.corrupt(file: file.file.name, reason: "its counts are impossible")
        }
        self.file = file
        count = documentCount
        bytesEnd = ChecksummedFile.bodyStart + Int(byteCount)
        let blockCount = (documentCount + DocumentIDBlock.size - 1) / DocumentIDBlock.size
        blocks = try PackedArray(file, offset: bytesEnd, width: offsetWidth, count: blockCount + 1)
        let orderStart = bytesEnd + offsetWidth * (blockCount + 1)
        order = try PackedArray(file, offset: orderStart, width: rankWidth, count: documentCount)
        rank = try PackedArray(
            file, offset: orderStart + rankWidth * documentCount, width: rankWidth, count: documentCount)
    }

    /// The bytes of a document's id.
    func withBytes<R>(of document: Int, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        let block = document / DocumentIDBlock.size
        let start = try blocks.value(block)
        let end = try blocks.value(block + 1)
        guard start <= end, end <= bytesEnd - ChecksummedFile.bodyStart else { throw outside(document) }
        let result = try file.withBytes(offset: ChecksummedFile.bodyStart + start, count: end - start) {
            try Self.withBytes(of: document, in: $0, body)
        }
        guard let result else { throw outside(document) }
        return result
    }

    /// The bytes of a document's id, given those of its block.
    private static func withBytes<R>(
        of document: Int, in block: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> R
    ) rethrows -> R? {
        try DocumentIDBlock.withPieces(of: document % DocumentIDBlock.size, in: block) { shared, rest in
            if rest.isEmpty { return try body(shared) }
            return try withUnsafeTemporaryAllocation(byteCount: shared.count + rest.count, alignment: 1) { id in
                id.copyMemory(from: shared)
                UnsafeMutableRawBufferPointer(rebasing: id[shared.count...]).copyMemory(from: rest)
                return try body(UnsafeRawBufferPointer(id))
            }
        }
    }

    private func outside(_ document: Int) -> StorageError {
        .corrupt(file: file.file.name, reason: "the id of document \(document) lies outside")
    }

    /// A document's id.
    func id(of document: Int) throws -> String {
        try withBytes(of: document) { String(decoding: $0, as: UTF8.self) }
    }

    /// The document with an id, by binary search in byte order.
    func document(withID id: String) throws -> Int? {
        var id = id
        return try id.withUTF8 { key in
            let key = UnsafeRawBufferPointer(key)
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                let document = try order.value(middle)
                let comparison = try withBytes(of: document) { ByteOrder.compare($0, key) }
                if comparison == 0 { return document }
                if comparison < 0 { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    /// The document at a place in ascending byte order.
    func document(ranked rank: Int) throws -> Int {
        let document = try order.value(rank)
        guard document < count else {
            throw StorageError.corrupt(file: file.file.name, reason: "document \(document) of \(count) is listed")
        }
        return document
    }

    /// The ids at places in ascending byte order, for many at once: verifies the whole file first.
    func forEachID(ranked ranks: some Sequence<Int>, _ body: (String) -> Void) throws {
        let (order, blocks) = (try order.reader(), try blocks.reader())
        let start = ChecksummedFile.bodyStart
        try file.withBytes(offset: start, count: bytesEnd - start) { bytes in
            for rank in ranks {
                guard let document = order.value(rank), document < count,
                    let begin = blocks.value(document / DocumentIDBlock.size),
                    let end = blocks.value(document / DocumentIDBlock.size + 1), begin <= end, end <= bytes.count,
                    Self.withBytes(
                        of: document, in: UnsafeRawBufferPointer(rebasing: bytes[begin..<end]),
                        { body(String(decoding: $0, as: UTF8.self)) }) != nil
                else {
                    throw StorageError.corrupt(file: file.file.name, reason: "the id at place \(rank) lies outside")
                }
            }
        }
    }

    /// Writes the file and returns its seal; `order` lists the documents by ascending id.
    static func write(
        bytes: [UInt8], offsets: [Int], order: [UInt32], _ directory: any Directory, _ name: String
    ) throws -> FileSeal {
        let file = try ChecksummedFileWriter(directory, name, kind: IndexFormat.idsKind, version: IndexFormat.version)
        var starts = [0]
        var buffer = ByteWriter()
        var written = 0
        for first in stride(from: 0, to: order.count, by: DocumentIDBlock.size) {
            bytes.withUnsafeBytes {
                DocumentIDBlock.append(
                    first..<min(first + DocumentIDBlock.size, order.count), of: $0, offsets: offsets, into: &buffer)
            }
            starts.append(written + buffer.count)
            if buffer.count >= 1 << 16 {
                written += buffer.count
                try file.write(&buffer)
            }
        }
        written += buffer.count
        try file.write(&buffer)
        let offsetWidth = PackedArray.width(for: written)
        try PackedArray.write(starts, width: offsetWidth, to: file)
        let rankWidth = PackedArray.width(for: max(order.count - 1, 0))
        try PackedArray.write(order.lazy.map { Int($0) }, width: rankWidth, to: file)
        var rank = [UInt32](repeating: 0, count: order.count)
        for (place, document) in order.enumerated() { rank[Int(document)] = UInt32(place) }
        try PackedArray.write(rank.lazy.map { Int($0) }, width: rankWidth, to: file)
        var trailer = ByteWriter()
        trailer.append(UInt64(order.count))
        trailer.append(UInt64(written))
        trailer.append(UInt8(offsetWidth))
        trailer.append(UInt8(rankWidth))
        trailer.append([UInt8](repeating: 0, count: 6))
        try file.write(&trailer)
        return try file.finish()
    }
}
