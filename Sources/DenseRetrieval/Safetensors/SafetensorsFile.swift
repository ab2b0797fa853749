import DurableStorage
import NumericKernels

/// A safetensors file, mapped into memory and checked: 8 bytes header length, a JSON header, then the tensors' bytes.
public struct SafetensorsFile: Sendable {
    /// The tensors by name.
    public let tensors: [String: SafetensorsTensor]
    private let data: ByteView

    /// Opens a file; throws `StorageError.corrupt` where header, shapes and bytes do not agree.
    ///
    /// Complexity: linear in the header.
    public init(_ file: MappedFile) throws {
        let header = try SafetensorsHeader(file)
        tensors = header.tensors
        data = try file.view(offset: header.dataOffset, count: file.count - header.dataOffset)
    }

    /// Opens the file at a path.
    public init(path: String) throws { try self.init(MappedFile(path: path)) }

    /// The path of the file.
    public var name: String { data.file.name }

    /// The bytes of a tensor that must have this number format and shape; throws `StorageError.corrupt` where it does not.
    func bytes(_ tensor: String, _ type: SafetensorsType, shape: [Int]) throws -> ByteView {
        guard let found = tensors[tensor] else {
            throw StorageError.corrupt(file: name, reason: "there is no tensor \(tensor)")
        }
        guard found.type == type, found.shape == shape else {
            throw StorageError.corrupt(
                file: name,
                reason: "tensor \(tensor) is \(found.type.rawValue) of shape \(found.shape), recorded is "
                    + "\(type.rawValue) of shape \(shape)")
        }
        return try data.view(offset: found.bytes.lowerBound, count: found.bytes.count)
    }

    /// A tensor of two dimensions as a matrix: 32-bit floats as they stand in the file, 16-bit ones converted.
    package func matrix(_ tensor: String, threads: Int = 1) throws -> Matrix {
        guard let found = tensors[tensor] else {
            let names = tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(5)
            throw StorageError.incompatible(
                file: name, reason: "there is no tensor \(tensor) (it has: \(names.joined(separator: ", ")))",
                remedy: "use a model or vector folder that decoy or sentence-transformers wrote")
        }
        guard found.shape.count == 2 else {
            throw StorageError.incompatible(
                file: name, reason: "tensor \(tensor) has the shape \(found.shape)",
                remedy: "a table of two dimensions is needed")
        }
        let bytes = try data.view(offset: found.bytes.lowerBound, count: found.bytes.count)
        let (rows, columns) = (found.shape[0], found.shape[1])
        switch found.type {
        case .f32:
            return Matrix(rows: rows, columns: columns, littleEndian: bytes.unsafeBytes, owner: bytes.file)
        case .f16, .bf16:
            var matrix = Matrix(rows: rows, columns: columns)
            let convert = found.type == .f16 ? HalfFloat.float(binary16:) : HalfFloat.float(brain16:)
            matrix.fillRows(threads: threads) { row, values in
                bytes.withUnsafeBytes { raw in
                    for column in values.indices {
                        let offset = (row * columns + column) * 2
                        values[column] = convert(
                            UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
                    }
                }
            }
            return matrix
        default:
            throw StorageError.incompatible(
                file: name, reason: "tensor \(tensor) holds \(found.type.rawValue)",
                remedy: "convert it to F32, F16 or BF16")
        }
    }
}
