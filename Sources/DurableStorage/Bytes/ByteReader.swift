/// Reads a `ByteView` from front to back; throws `StorageError.corrupt` at its end and on malformed integers.
public struct ByteReader {
    /// What is read.
    public let view: ByteView
    /// The offset of the next byte.
    public private(set) var position: Int

    /// A reader at an offset.
    @inlinable
    public init(_ view: ByteView, at position: Int = 0) {
        self.init(unchecked: view, position)
    }

    @usableFromInline
    init(unchecked view: ByteView, _ position: Int) {
        self.view = view
        self.position = position
    }

    /// Whether everything was read.
    public var isAtEnd: Bool { position >= view.count }

    /// The next little-endian integer.
    public mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) throws -> T {
        let value = try view.load(T.self, at: position)
        position += MemoryLayout<T>.size
        return value
    }

    /// The next variable-length integer: seven bits a byte, low bits first, the high bit set on all but the last; at most 63 bits.
    public mutating func varint() throws -> Int {
        let bytes = view.unsafeBytes
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position >= 0, position < bytes.count, shift < 63 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
            shift += 7
        }
        throw StorageError.corrupt(
            file: view.file.name, reason: "malformed variable-length integer at offset \(position)")
    }

    /// The next `count` bytes.
    public mutating func bytes(_ count: Int) throws -> ByteView {
        let part = try view.view(offset: position, count: count)
        position += count
        return part
    }
}
