import Decoy
import DurableStorage

/// A file of training examples while it is written: rows in their order between what a format puts around them.
struct MinedOutput {
    private let file: AtomicFile
    private let format: TrainingFormat
    private var isEmpty: Bool

    /// Goes on with what the file has already.
    init(_ file: AtomicFile, format: TrainingFormat) {
        self.file = file
        self.format = format
        isEmpty = file.part.bytes == 0
    }

    /// Writes the rows of one query.
    mutating func write(_ rows: String) throws {
        if rows.isEmpty { return }
        try append(isEmpty ? format.opening : format.separator)
        isEmpty = false
        try append(rows)
    }

    /// Writes what stands after the last row, and returns the size and the checksum of the whole.
    mutating func finish() throws -> AtomicFile.Part {
        if isEmpty { try append(format.opening) }
        try append(format.closing)
        return file.part
    }

    private func append(_ text: String) throws {
        if text.isEmpty { return }
        var text = text
        try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
    }
}
