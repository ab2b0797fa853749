/// The bytes of a file, uncompressed where it is gzip or zstd, for formats that are not lines; for one thread at a time.
public final class InputBytes {
    private static let pieceSize = 1 << 16
    private let source: ByteSource
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var place = 0
    private var end = 0

    /// Opens a path; `-` is standard input.
    ///
    /// Throws `FileError`, and `InputErrors` where compressed data is broken.
    public init(path: String) throws {
        source = try ByteSource(path: path)
        buffer = .allocate(capacity: Self.pieceSize)
    }

    deinit { buffer.deallocate() }

    /// What messages call the file.
    public var name: String { source.name }

    /// The next byte; nil at the end.
    @inline(__always)
    public func byte() throws -> UInt8? {
        guard try fill() else { return nil }
        defer { place += 1 }
        return buffer[place]
    }

    /// Reads so many bytes in place of what is in `bytes`; false where the file has fewer, whatever number is claimed.
    ///
    /// Memory grows with what is really there.
    public func read(_ count: Int, into bytes: inout [UInt8]) throws -> Bool {
        bytes.removeAll(keepingCapacity: true)
        return try take(count) { bytes.append(contentsOf: $0) }
    }

    /// Leaves out so many bytes; false where the file has fewer.
    public func skip(_ count: Int) throws -> Bool { try take(count) { _ in } }

    private func take(_ count: Int, _ body: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> Void) throws -> Bool {
        var rest = count
        while rest > 0 {
            guard try fill() else { return false }
            let size = min(rest, end - place)
            body(buffer[place..<place + size])
            place += size
            rest -= size
        }
        return true
    }

    /// Whether there is a byte to read.
    @inline(__always)
    private func fill() throws -> Bool {
        if place < end { return true }
        guard let base = buffer.baseAddress else { return false }
        place = 0
        end = try source.read(to: base, count: buffer.count)
        return end > 0
    }
}
