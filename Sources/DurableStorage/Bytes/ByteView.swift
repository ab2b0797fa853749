/// A checked window on the bytes of a mapped file, which it keeps mapped.
public struct ByteView: @unchecked Sendable {
    /// The file that is looked at.
    public let file: MappedFile
    @usableFromInline let start: UnsafeRawPointer
    /// The number of bytes.
    public let count: Int

    init(file: MappedFile, start: UnsafeRawPointer, count: Int) {
        self.file = file
        self.start = start
        self.count = count
    }

    /// The little-endian integer at an offset, aligned or not; throws `StorageError.corrupt` beyond the end.
    @inlinable
    public func load<T: FixedWidthInteger>(_ type: T.Type = T.self, at offset: Int) throws -> T {
        guard offset >= 0, offset <= count - MemoryLayout<T>.size else { throw outside(offset, MemoryLayout<T>.size) }
        return T(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// A part of the window; throws `StorageError.corrupt` where it does not lie within.
    @inlinable
    public func view(offset: Int, count: Int) throws -> ByteView {
        guard offset >= 0, count >= 0, offset <= self.count - count else { throw outside(offset, count) }
        return ByteView(file: file, unchecked: start + offset, count: count)
    }

    /// The bytes for the duration of `body`.
    @inlinable
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        defer { withExtendedLifetime(file) {} }
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The bytes' address, valid while `file` lives: for loops that keep the file alive themselves.
    @inlinable
    public var unsafeBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// The error for bytes that do not lie within.
    @usableFromInline
    func outside(_ offset: Int, _ count: Int) -> StorageError {
        .corrupt(file: file.name, reason: "an offset (\(offset)..+\(count)) points outside of its section")
    }

    @usableFromInline
    init(file: MappedFile, unchecked start: UnsafeRawPointer, count: Int) {
        self.file = file
        self.start = start
        self.count = count
    }
}
