#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An output file that is complete or absent: it is written aside as `NAME.partial`, synced and renamed into place.
///
/// The path `-` is standard output; a path that names a device or a pipe is written directly. A second writer to the same path gets
/// `StorageError.locked`. What a killed process left aside is overwritten by the next writer.
public final class AtomicFile {
    private let file: FileDescriptor
    private let target: String?
    private var buffer: [UInt8] = []
    private static let bufferSize = 1 << 16

    /// Writes a file whole: nothing is left at the path if `body` throws, or what was there before.
    public static func write<R>(path: String, _ body: (AtomicFile) throws -> R) throws -> R {
        let file = try AtomicFile(path: path)
        do {
            let result = try body(file)
            try file.finish()
            return result
        } catch {
            file.abandon()
            throw error
        }
    }

    private init(path: String) throws {
        buffer.reserveCapacity(Self.bufferSize)
        if path == "-" {
            target = nil
            file = FileDescriptor(borrowing: STDOUT_FILENO, path: "<stdout>")
            return
        }
        var status = stat()
        var resolved = path
        if stat_(path, &status) == 0 {
            let type = status.st_mode & S_IFMT
            if type == S_IFDIR { throw StorageError.io(path: path, operation: "write", errno: EISDIR) }
            if type != S_IFREG {
                target = nil
                file = try FileDescriptor(opening: path, flags: O_WRONLY)
                return
            }
            if let real = realpath(path, nil) {
                resolved = String(cString: real)
                free(real)
            }
        }
        target = resolved
        file = try Self.openAside(resolved + ".partial")
    }

    /// Opens and locks the file aside; tries again where another writer renamed it between opening and locking.
    private static func openAside(_ aside: String) throws -> FileDescriptor {
        for _ in 0..<100 {
            let file = try FileDescriptor(opening: aside, flags: O_WRONLY | O_CREAT)
            try file.lockExclusively()
            if file.isAtItsPath() {
                PartialOutputs.add(aside)
                try file.truncate()
                return file
            }
        }
        throw StorageError.locked(path: aside)
    }

    /// Appends a string's UTF-8 bytes.
    public func write(_ string: String) throws {
        buffer.append(contentsOf: string.utf8)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        if bytes.count >= Self.bufferSize {
            try flush()
            try file.write(bytes)
        } else {
            buffer.append(contentsOf: bytes)
            if buffer.count >= Self.bufferSize { try flush() }
        }
    }

    /// Hands what is buffered to the system; makes a line on standard output appear at once.
    public func flush() throws {
        try buffer.withUnsafeBytes { try file.write($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func finish() throws {
        try flush()
        guard let target else { return }
        try file.sync()
        if rename(file.path, target) != 0 { throw StorageError.last("rename", file.path) }
        PartialOutputs.remove(file.path)
        let parent = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        try FileDescriptor(opening: parent, flags: O_RDONLY | O_DIRECTORY).sync()
        try file.close()
    }

    private func abandon() {
        if target != nil, file.isAtItsPath() { unlink(file.path) }
        PartialOutputs.remove(file.path)
        try? file.close()
    }
}
