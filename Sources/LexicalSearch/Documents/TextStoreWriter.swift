import DurableStorage
import Foundation
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
    private let threads: Int
    private var compressors: [BlockCompressor]
    private var open = ByteWriter()
    private var closed: [[UInt8]] = []
    private var firstDocument = 0
    private var blocks = ByteWriter()
    private var blockCount = 0
    private var documentCount = 0

    init(_ directory: any Directory, _ name: String, threads: Int) throws {
        file = try ChecksummedFileWriter(directory, name, kind: IndexFormat.textsKind, version: IndexFormat.version)
        self.threads = threads
        compressors = (0..<threads).map { _ in BlockCompressor(level: Self.level) }
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
            if open.count >= Self.blockSize { closeBlock() }
        }
        if closed.count >= 8 * threads { try flush() }
    }

    /// Appends a document by its record in another store.
    func add(record: UnsafeRawBufferPointer) throws {
        open.append(record)
        documentCount += 1
        if open.count >= Self.blockSize { closeBlock() }
        if closed.count >= 8 * threads { try flush() }
    }

    /// Writes what is left, the directory of blocks and the trailer.
    func finish() throws -> FileSeal {
        if open.count > 0 { closeBlock() }
        try flush()
        let directoryOffset = file.position
        try file.write(&blocks)
        var trailer = ByteWriter()
        trailer.append(UInt64(documentCount))
        trailer.append(UInt64(blockCount))
        trailer.append(UInt64(directoryOffset))
        try file.write(&trailer)
        return try file.finish()
    }

    private func closeBlock() {
        closed.append(open.bytes)
        // The first document and the raw size now; the offset when the block is written.
        pending.append((firstDocument, open.count))
        firstDocument = documentCount
        open.removeAll()
    }

    private var pending: [(firstDocument: Int, rawSize: Int)] = []

    private func flush() throws {
        let raw = closed
        var frames = [[UInt8]](repeating: [], count: raw.count)
        frames.withUnsafeMutableBufferPointer { frames in
            nonisolated(unsafe) let frames = frames
            nonisolated(unsafe) let compressors = compressors
            Parallel.forEach(raw.count, threads: threads) { index, thread in
                frames[index] = compressors[thread].compress(raw[index])
            }
        }
        for (frame, block) in zip(frames, pending) {
            blocks.append(UInt64(file.position))
            blocks.append(UInt32(block.firstDocument))
            blocks.append(UInt32(block.rawSize))
            blockCount += 1
            try file.write(frame)
        }
        closed.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
    }
}
