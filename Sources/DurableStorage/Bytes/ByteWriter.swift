/// Builds bytes: little-endian integers, variable-length integers, raw bytes.
public struct ByteWriter: Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// The number of bytes written.
    public var count: Int { bytes.count }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends an integer in little-endian order.
    @inlinable
    public mutating func append<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { append($0) }
    }

    /// Appends a variable-length integer: seven bits a byte, low bits first, the high bit set on all but the last.
    public mutating func appendVarint(_ value: Int) {
        precondition(value >= 0, "a variable-length integer is not negative")
        var rest = UInt64(value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends raw bytes.
    public mutating func append(_ raw: UnsafeRawBufferPointer) { bytes.append(contentsOf: raw) }

    /// Appends raw bytes.
    public mutating func append(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }

    /// Appends a string's UTF-8 bytes.
    public mutating func append(_ string: String) { bytes.append(contentsOf: string.utf8) }
}
