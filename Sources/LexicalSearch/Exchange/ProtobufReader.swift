/// What is wrong with a message.
struct ProtobufError: Error {
    var reason: String
}

/// Reads the fields of one protobuf message: numbers, doubles and bytes, each checked to lie within the message.
///
/// Source: protobuf.dev/programming-guides/encoding. Groups and 32-bit numbers are known as far as they must be skipped.
struct ProtobufReader {
    /// What a field holds.
    enum Value {
        case number(UInt64)
        case fixed(UInt64)
        case bytes(UnsafeRawBufferPointer)
        /// A 32-bit number, of which our messages have none.
        case other
    }

    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    /// A reader of a message; the bytes must outlive it and its values.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next field with its number; nil at the end.
    mutating func next() throws -> (field: UInt64, value: Value)? {
        if place == bytes.count { return nil }
        let key = try varint()
        guard key >> 3 >= 1, key >> 3 < 1 << 29 else { throw ProtobufError(reason: "field number \(key >> 3)") }
        switch key & 7 {
        case 0: return (key >> 3, .number(try varint()))
        case 1: return (key >> 3, .fixed(try take(8).loadUnaligned(as: UInt64.self).littleEndian))
        case 2:
            let count = try varint()
            guard count <= UInt64(bytes.count - place) else {
                throw ProtobufError(reason: "field \(key >> 3) of \(count) bytes reaches beyond the message")
            }
            return (key >> 3, .bytes(try take(Int(count))))
        case 5:
            _ = try take(4)
            return (key >> 3, .other)
        default: throw ProtobufError(reason: "field \(key >> 3) has the unknown wire type \(key & 7)")
        }
    }

    /// A variable-length integer of up to 64 bits.
    @inline(__always)
    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            // The tenth byte has room for one bit.
            if shift == 63, byte > 1 { throw ProtobufError(reason: "a number has more than 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw ProtobufError(reason: "a number ends too early")
    }

    private mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count <= bytes.count - place else { throw ProtobufError(reason: "a field ends too early") }
        defer { place += count }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
    }
}

extension ProtobufReader.Value {
    /// An `int32` or `int64` that must lie in a range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        guard case .number(let bits) = self else { throw ProtobufError(reason: "\(name) is no number") }
        let value = Int64(bitPattern: bits)
        guard let value = Int(exactly: value), range.contains(value) else {
            throw ProtobufError(reason: "\(name) is \(value), not \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A `double`.
    func double(_ name: String) throws -> Double {
        guard case .fixed(let bits) = self else { throw ProtobufError(reason: "\(name) is no double") }
        return Double(bitPattern: bits)
    }

    /// A message or a string's bytes.
    func bytes(_ name: String) throws -> UnsafeRawBufferPointer {
        guard case .bytes(let bytes) = self else { throw ProtobufError(reason: "\(name) is no text or message") }
        return bytes
    }

    /// A `string`, which must be UTF-8.
    func string(_ name: String) throws -> String {
        guard let text = String(validating: try bytes(name), as: UTF8.self) else {
            throw ProtobufError(reason: "\(name) is not UTF-8")
        }
        return text
    }
}
