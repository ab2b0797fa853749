#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file, mapped read-only into memory; every access is checked against the file's end.
///
/// Files are never changed once they are complete, so a map stays valid while it lives, also after the file was deleted or replaced.
public final class MappedFile: @unchecked Sendable {
    /// The file's path, or its name in an in-memory directory; for messages.
    public let name: String
    /// The number of bytes.
    public let count: Int
    private let base: UnsafeMutableRawPointer
    private let isMapped: Bool

    /// Maps the file at a path.
    public init(path: String) throws {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY)
        let status = try file.status()
        if status.st_mode & S_IFMT == S_IFDIR { throw StorageError.io(path: path, operation: "map", errno: EISDIR) }
        name = path
        count = Int(status.st_size)
        if count == 0 {
            base = .allocate(byteCount: 1, alignment: 16)
            isMapped = false
        } else {
            guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, file.number, 0), address != MAP_FAILED else {
                throw StorageError.last("map", path)
            }
            base = address
            isMapped = true
        }
    }

    /// A copy of bytes that behaves like a mapped file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        count = bytes.count
        base = .allocate(byteCount: max(bytes.count, 1), alignment: 16)
        base.copyMemory(from: bytes, byteCount: bytes.count)
        isMapped = false
    }

    deinit {
        if isMapped { munmap(base, count) } else { base.deallocate() }
    }

    /// All bytes, for the duration of `body`.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// A checked view of some bytes that keeps the file mapped; throws `StorageError.corrupt` where they do not all lie in the file.
    public func view(offset: Int, count: Int) throws -> ByteView {
        guard offset >= 0, count >= 0, offset <= self.count - count else {
            throw StorageError.corrupt(
                file: name, reason: "bytes \(offset)..+\(count) lie outside of its \(self.count) bytes")
        }
        return ByteView(file: self, start: UnsafeRawPointer(base + offset), count: count)
    }

    /// A checked view of the whole file.
    public var view: ByteView { ByteView(file: self, start: UnsafeRawPointer(base), count: count) }

    /// Gives the memory of the first bytes back to the system: they were read and will not be needed soon, but stay readable.
    public func forget(before offset: Int) {
        let page = Int(getpagesize())
        let length = min(offset, count) / page * page
        if isMapped, length > 0 { madvise(base, length, MADV_DONTNEED) }
    }

    /// Tells the system how the file will be read: whole and in order (`true`), or here and there.
    public func willReadSequentially(_ sequential: Bool) {
        if isMapped { madvise(base, count, sequential ? MADV_SEQUENTIAL : MADV_RANDOM) }
    }
}
