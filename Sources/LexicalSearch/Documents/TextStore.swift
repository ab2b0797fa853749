import DurableStorage
import RetrievalData

/// Reads the stored text of a segment's documents; keeps blocks that were decompressed lately.
final class TextStore: Sendable {
    let file: ChecksummedFile
    let documentCount: Int
    let blockCount: Int
    private let directoryOffset: Int
    private let cache = BlockCache(limit: TextStore.cacheLimit)

    /// The most bytes of decompressed blocks that a store holds.
    static let cacheLimit = 32 << 20
    private static let trailerSize = 24
    private static let entrySize = 16

    /// Opens the file of a segment with so many documents.
    init(_ file: ChecksummedFile, documentCount: Int) throws {
        let trailer = file.bodyEnd - Self.trailerSize
        let stated = try file.load(UInt64.self, at: trailer)
        let blocks = try file.load(UInt64.self, at: trailer + 8)
        let offset = try file.load(UInt64.self, at: trailer + 16)
        guard stated == UInt64(documentCount), blocks <= UInt64(documentCount), offset <= UInt64(trailer),
            Int(offset) + Self.entrySize * Int(blocks) == trailer
        else { throw StorageError.corrupt(file: file.file.name, reason: "its counts are impossible") }
        self.file = file
        self.documentCount = documentCount
        blockCount = Int(blocks)
        directoryOffset = Int(offset)
    }

    /// Title, text and metadata of a document, with the given id.
    func document(_ number: Int, id: String) throws -> Document {
        let block = try self.block(of: number)
        let held = try cache.block(block) { try self.block(block, $0) }
        let place = number - (try firstDocument(ofBlock: block))
        guard held.starts.indices.contains(place) else {
            throw StorageError.corrupt(file: file.file.name, reason: "block \(block) lacks document \(number)")
        }
        let start = held.starts[place]
        var reader = ByteReader(try held.bytes.view(offset: start, count: held.bytes.count - start))
        let (title, text, metadata) = try (reader.varint(), reader.varint(), reader.varint())
        func string(_ count: Int) throws -> String {
            try reader.bytes(count).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        return Document(
            id: id, title: try string(title), text: try string(text),
            metadata: metadata == 0 ? nil : try string(metadata - 1))
    }

    /// The last block whose first document is not after `number`.
    private func block(of number: Int) throws -> Int {
        var low = 0
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            if try firstDocument(ofBlock: middle) <= number { low = middle + 1 } else { high = middle }
        }
        if low == 0 || number >= documentCount {
            throw StorageError.corrupt(file: file.file.name, reason: "it holds no document \(number)")
        }
        return low - 1
    }

    private func firstDocument(ofBlock block: Int) throws -> Int {
        Int(try file.load(UInt32.self, at: directoryOffset + Self.entrySize * block + 8))
    }

    private func block(_ block: Int, _ decompressor: BlockDecompressor) throws -> TextBlock {
        let bytes = try bytes(ofBlock: block, decompressor)
        let first = try firstDocument(ofBlock: block)
        let next = block + 1 < blockCount ? try firstDocument(ofBlock: block + 1) : documentCount
        var reader = ByteReader(bytes)
        var starts: [Int] = []
        for _ in first..<max(first, next) {
            starts.append(reader.position)
            let sizes = try (reader.varint(), reader.varint(), reader.varint())
            _ = try reader.bytes(sizes.0)
            _ = try reader.bytes(sizes.1)
            _ = try reader.bytes(max(sizes.2 - 1, 0))
        }
        return TextBlock(bytes: bytes, starts: starts)
    }

    private func bytes(ofBlock block: Int, _ decompressor: BlockDecompressor) throws -> ByteView {
        let entry = directoryOffset + Self.entrySize * block
        let start = try file.load(UInt64.self, at: entry)
        let end =
            block + 1 < blockCount ? try file.load(UInt64.self, at: entry + Self.entrySize) : UInt64(directoryOffset)
        let size = Int(try file.load(UInt32.self, at: entry + 12))
        guard start <= end, end <= UInt64(directoryOffset), size <= IndexFormat.maximumTextBlock else {
            throw StorageError.corrupt(file: file.file.name, reason: "block \(block) lies outside of the file")
        }
        let frame = try file.view(offset: Int(start), count: Int(end - start))
        return MappedFile(name: file.file.name, bytes: try decompressor.decompress(frame, count: size)).view
    }

    /// Calls `body` with every document and its record as it stands in a block; throws where a block is damaged.
    func forEachRecord(_ body: (_ document: Int, _ record: UnsafeRawBufferPointer) throws -> Void) throws {
        let decompressor = BlockDecompressor()
        for block in 0..<blockCount {
            try forEachRecord(ofBlock: block, decompressor, body)
            // What is copied need not stay in memory.
            if block % 256 == 255 {
                file.file.forget(before: Int(try file.load(UInt64.self, at: directoryOffset + Self.entrySize * block)))
            }
        }
    }

    private func forEachRecord(
        ofBlock block: Int, _ decompressor: BlockDecompressor,
        _ body: (_ document: Int, _ record: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let first = try firstDocument(ofBlock: block)
        let next = block + 1 < blockCount ? try firstDocument(ofBlock: block + 1) : documentCount
        let view = try bytes(ofBlock: block, decompressor)
        var reader = ByteReader(view)
        guard first < next, next <= documentCount, block > 0 || first == 0 else {
            throw StorageError.corrupt(file: file.file.name, reason: "block \(block) begins at the wrong document")
        }
        for document in first..<next {
            let start = reader.position
            let sizes = try (reader.varint(), reader.varint(), reader.varint())
            _ = try reader.bytes(sizes.0)
            _ = try reader.bytes(sizes.1)
            _ = try reader.bytes(max(sizes.2 - 1, 0))
            try view.withUnsafeBytes {
                try body(document, UnsafeRawBufferPointer(rebasing: $0[start..<reader.position]))
            }
        }
        if !reader.isAtEnd { throw StorageError.corrupt(file: file.file.name, reason: "block \(block) holds too much") }
    }
}
