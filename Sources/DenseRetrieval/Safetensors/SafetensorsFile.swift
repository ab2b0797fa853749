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

    /// A tensor of two dimensions as a matrix: 32-bit floats as they stand in the file, other numbers converted.
    package func matrix(_ tensor: String, threads: Int = 1) throws -> Matrix {
        let (found, bytes) = try open(tensor, dimensions: 2)
        let (rows, columns) = (found.shape[0], found.shape[1])
        if found.type == .f32 {
            return Matrix(rows: rows, columns: columns, littleEndian: bytes.unsafeBytes, owner: bytes.file)
        }
        let convert = try conversion(of: found, tensor)
        var matrix = Matrix(rows: rows, columns: columns)
        matrix.fillRows(threads: threads) { row, values in
            bytes.withUnsafeBytes { raw in
                for column in values.indices { values[column] = convert(raw, row * columns + column) }
            }
        }
        return matrix
    }

    /// A tensor of one dimension as floats.
    func vector(_ tensor: String) throws -> [Float] {
        let (found, bytes) = try open(tensor, dimensions: 1)
        let convert = try conversion(of: found, tensor)
        return bytes.withUnsafeBytes { raw in (0..<found.shape[0]).map { convert(raw, $0) } }
    }

    /// A tensor of one dimension as whole numbers.
    func integers(_ tensor: String) throws -> [Int] {
        let (found, bytes) = try open(tensor, dimensions: 1)
        return try (0..<found.shape[0]).map { index in
            switch found.type {
            case .i64: Int(try bytes.load(Int64.self, at: index * 8))
            case .i32: Int(try bytes.load(Int32.self, at: index * 4))
            case .i16: Int(try bytes.load(Int16.self, at: index * 2))
            default: throw incompatible(tensor, "holds \(found.type.rawValue)", "convert it to I64 or I32")
            }
        }
    }

    private func open(_ tensor: String, dimensions: Int) throws -> (SafetensorsTensor, ByteView) {
        guard let found = tensors[tensor] else {
            let names = tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(5)
            throw StorageError.incompatible(
                file: name, reason: "there is no tensor \(tensor) (it has: \(names.joined(separator: ", ")))",
                remedy: "use a model or vector folder that decoy or sentence-transformers wrote")
        }
        guard found.shape.count == dimensions else {
            throw incompatible(
                tensor, "has the shape \(found.shape)",
                dimensions == 2 ? "a table of two dimensions is needed" : "a list of one dimension is needed")
        }
        return (found, try data.view(offset: found.bytes.lowerBound, count: found.bytes.count))
    }

    private typealias Conversion = @Sendable (UnsafeRawBufferPointer, Int) -> Float

    /// How the value of an index is read; the index must lie within the tensor.
    private func conversion(of found: SafetensorsTensor, _ tensor: String) throws -> Conversion {
        switch found.type {
        case .f64:
            return { raw, index in
                Float(
                    Double(
                        bitPattern: UInt64(
                            littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))))
            }
        case .f32:
            return { raw, index in
                Float(
                    bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            }
        case .f16:
            return { raw, index in
                HalfFloat.float(
                    binary16: UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
            }
        case .bf16:
            return { raw, index in
                HalfFloat.float(
                    brain16: UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
            }
        case .i8: return { raw, index in Float(Int8(bitPattern: raw[index])) }
        default:
            throw incompatible(
                tensor, "holds \(found.type.rawValue)", "convert it to F32, F16, BF16, F64 or I8")
        }
    }

    private func incompatible(_ tensor: String, _ reason: String, _ remedy: String) -> StorageError {
        .incompatible(file: name, reason: "tensor \(tensor) \(reason)", remedy: remedy)
    }
}
