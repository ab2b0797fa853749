import Decoy
import DurableStorage

/// A file of training examples while it is written: rows in their order between what a format puts around them.
struct MinedOutput {
    private let file: AtomicFile
    private let format: TrainingFormat
    private var isEmpty = true
    private var bytes = 0
    private var checksum = CRC32C()

    init(_ file: AtomicFile, format: TrainingFormat) {
        self.file = file
        self.format = format
    }

    /// Writes the rows of one query.
    mutating func write(_ rows: String) throws {
        if rows.isEmpty { return }
        try append(isEmpty ? format.opening : format.separator)
        isEmpty = false
        try append(rows)
    }

    /// Writes what stands after the last row, and returns the size and the checksum of the whole.
    mutating func finish() throws -> (bytes: Int, checksum: UInt32) {
        if isEmpty { try append(format.opening) }
        try append(format.closing)
        return (bytes, checksum.value)
    }

    private mutating func append(_ text: String) throws {
        if text.isEmpty { return }
        var text = text
        try text.withUTF8 {
            bytes += $0.count
            checksum.update(UnsafeRawBufferPointer($0))
            try file.write(UnsafeRawBufferPointer($0))
        }
    }
}
