import DurableStorage
import NumericKernels
import RetrievalData

/// Writes safetensors files; the first tensor's bytes begin at a multiple of 64, so a mapped file is read where it stands.
enum SafetensorsWriter {
    /// The 8 length bytes and the header of a file with one table of 32-bit floats.
    static func header(tensor: String, rows: Int, columns: Int) -> [UInt8] {
        header([(tensor, .f32, [rows, columns])])
    }

    /// The 8 length bytes and the header of a file with these tensors, one behind the other.
    ///
    /// `framework` is what transformers asks for in the metadata: `pt` for PyTorch's names and shapes.
    static func header(
        _ tensors: [(name: String, type: SafetensorsType, shape: [Int])], framework: String? = nil
    ) -> [UInt8] {
        var end = 0
        let metadata = framework.map { ["\"__metadata__\":{\"format\":\(JSONText.quoted($0))}"] } ?? []
        let entries = tensors.map { tensor in
            let start = end
            end += tensor.shape.reduce(tensor.type.size, *)
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            return
                "\(JSONText.quoted(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
        }
        var header = Array("{\((metadata + entries).joined(separator: ","))}".utf8)
        while !(header.count + 8).isMultiple(of: 64) { header.append(UInt8(ascii: " ")) }
        let length = UInt64(header.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
    }

    /// Writes a table and returns what was written.
    static func write(_ matrix: Matrix, tensor: String, to name: String, in directory: any Directory) throws
        -> FileRecord
    {
        try write([StoredTensor(tensor, matrix)], to: name, in: directory)
    }

    /// Writes tensors one behind the other and returns what was written.
    ///
    /// They stand in the order of the format's own library: those of larger numbers first, then by name in byte order.
    static func write(
        _ tensors: [StoredTensor], framework: String? = nil, to name: String, in directory: any Directory
    ) throws -> FileRecord {
        let tensors = tensors.sorted { one, other in
            one.type.size != other.type.size
                ? one.type.size > other.type.size : one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
        }
        var output = try RecordedFile(name, in: directory)
        try output.write(header(tensors.map { ($0.name, $0.type, $0.shape) }, framework: framework))
        for tensor in tensors { try tensor.withBytes { try output.write($0) } }
        return try output.finish()
    }
}
