import DurableStorage
import NumericKernels
import RetrievalData

/// Writes safetensors files of one table; its bytes begin at a multiple of 64, so a mapped file is read where it stands.
enum SafetensorsWriter {
    /// The 8 length bytes and the header of a file with one table of 32-bit floats.
    static func header(tensor: String, rows: Int, columns: Int) -> [UInt8] {
        let text =
            "{\(JSONText.quoted(tensor)):{\"dtype\":\"F32\",\"shape\":[\(rows),\(columns)],\"data_offsets\":[0,\(rows * columns * 4)]}}"
        var header = Array(text.utf8)
        while !(header.count + 8).isMultiple(of: 64) { header.append(UInt8(ascii: " ")) }
        let length = UInt64(header.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
    }

    /// Writes a table and returns what was written.
    static func write(_ matrix: Matrix, tensor: String, to name: String, in directory: any Directory) throws
        -> FileRecord
    {
        var output = try RecordedFile(name, in: directory)
        try output.write(header(tensor: tensor, rows: matrix.rows, columns: matrix.columns))
        try matrix.withBytes { try output.write($0) }
        return try output.finish()
    }
}
