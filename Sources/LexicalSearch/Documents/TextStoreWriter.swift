import DurableStorage
import Essentials
import RetrievalData

/// Writes the documents' stored text: blocks of about 16 KB, each compressed alone.
///
/// Blocks close by the documents' sizes alone, so the file does not depend on batches or threads.
final class TextStoreWriter {
    /// A block closes when it holds at least this many bytes.
    static let blockSize = 16 * 1024
    /// zstd's fastest ordinary level: text is compressed while indexing, and is not what makes an index slow.
    static let level = 1

    private let file: ChecksummedFileWriter
    private let queue: WorkQueue
    private let compressors: [BlockCompressor]
    private var open = ByteWriter()
    /// Blocks that are being compressed, in their order.
    private var pending: [PendingBlock] = []
    private var firstDocument = 0
    private var blocks = ByteWriter()
    private var blockCount = 0
    private var documentCount = 0

    private struct PendingBlock {
        var firstDocument: Int
        var rawSize: Int
        var frame = JobResult<[UInt8]>()
    }

    init(_ directory: any Directory, _ name: String, queue: WorkQueue) throws {
        file = try ChecksummedFileWriter(directory, name, kind: IndexFormat.textsKind, version: IndexFormat.version)
        self.queue = queue
        compressors = (0..<queue.threads).map { _ in BlockCompressor(level: Self.level) }
    }

    /// Appends documents.
    func add(_ documents: [Document]) throws {
        for document in documents {
            let metadata = document.metadata
            open.appendVarint(document.title.utf8.count)
            open.appendVarint(document.text.utf8.count)
            open.appendVarint(metadata.map { $0.utf8.count + 1 } ?? 0)
            open.append(document.title)
            open.append(document.text)
            if let metadata { open.append(metadata) }
            documentCount += 1
            if open.count >= Self.blockSize { try closeBlock() }
        }
    }

    /// Appends a document by its record in another store.
    func add(record: UnsafeRawBufferPointer) throws {
        open.append(record)
        documentCount += 1
        if open.count >= Self.blockSize { try closeBlock() }
    }

    /// Writes what is left, the directory of blocks and the trailer.
    func finish() throws -> FileSeal {
        if open.count > 0 { try closeBlock() }
        queue.drain()
        try writeReady()
        let directoryOffset = file.position
        try file.write(&blocks)
        var trailer = ByteWriter()
        trailer.append(UInt64(documentCount))
        trailer.append(UInt64(blockCount))
        trailer.append(UInt64(directoryOffset))
        try file.write(&trailer)
        return try file.finish()
    }

    private func closeBlock() throws {
        let block = PendingBlock(firstDocument: firstDocument, rawSize: open.count)
        let bytes = open.bytes
        pending.append(block)
        firstDocument = documentCount
        open = ByteWriter()
        nonisolated(unsafe) let compressors = compressors
        queue.submit { block.frame.put(compressors[$0].compress(bytes)) }
        try writeReady()
    }

    /// Writes the blocks that are compressed, as far as none before them is missing.
    private func writeReady() throws {
        var ready = 0
        while ready < pending.count, let frame = pending[ready].frame.result {
            blocks.append(UInt64(file.position))
            blocks.append(UInt32(pending[ready].firstDocument))
            blocks.append(UInt32(pending[ready].rawSize))
            blockCount += 1
            try file.write(frame)
            ready += 1
        }
        pending.removeFirst(ready)
    }
}
