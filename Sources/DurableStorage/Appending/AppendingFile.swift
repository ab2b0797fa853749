#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file of lines to which several processes append; what was appended is on the disk when `append` returns.
///
/// Writers lock the file one after another (`flock`) until their line is synced, and readers wait for them, so that nobody sees a line that
/// a crash could take back. A line counts once it has its end: what a killed writer left of one is never read, and the next writer cuts it off.
///
/// One thread at a time.
public final class AppendingFile {
    /// What the file is opened for.
    public enum Access: Sendable, Hashable {
        /// Reading alone: a file that is missing reads as an empty one, and may come later.
        case read
        /// Appending and reading: a file that is missing is created.
        case append
    }

    /// The file's path.
    public let path: String
    private let access: Access
    private var file: FileDescriptor?

    /// Opens the file; throws where it is no regular file.
    public init(path: String, access: Access) throws {
        self.path = path
        self.access = access
        if access == .append {
            file = try Self.opened(path, flags: O_RDWR | O_APPEND | O_CREAT)
            try Self.syncFolder(of: path)
        } else {
            try openForReading()
        }
    }

    /// The whole lines from an offset on, each with its end; empty where there are none.
    public func lines(from offset: Int) throws -> [UInt8] {
        if file == nil { try openForReading() }
        guard let file else { return [] }
        return try file.holdingLock(LOCK_SH) { try wholeLines(of: file, from: offset) }
    }

    /// Appends a line that may depend on the whole lines from an offset on: nobody else appends in between.
    ///
    /// `line` gets those lines and gives the new one with its end; nothing is appended where it throws.
    public func append(after offset: Int, _ line: (_ lines: [UInt8]) throws -> [UInt8]) throws {
        guard let file, access == .append else { throw StorageError.io(path: path, operation: "append", errno: EBADF) }
        try file.holdingLock(LOCK_EX) {
            // Removed or replaced behind our back: what is written now would be gone with the last descriptor.
            guard file.isAtItsPath() else { throw StorageError.io(path: path, operation: "append", errno: ESTALE) }
            let lines = try wholeLines(of: file, from: offset)
            let end = offset + lines.count
            let bytes = try line(lines)
            if Int(try file.status().st_size) > end { try file.truncate(to: end) }
            do {
                try bytes.withUnsafeBytes { try file.write($0) }
                try file.sync()
            } catch {
                // A line that could not be written whole, as on a full disk, must not stay in part.
                try? file.truncate(to: end)
                throw error
            }
        }
    }

    private func openForReading() throws {
        do {
            file = try Self.opened(path, flags: O_RDONLY)
        } catch StorageError.notFound {
            file = nil
        }
    }

    private static func opened(_ path: String, flags: Int32) throws -> FileDescriptor {
        let file = try FileDescriptor(opening: path, flags: flags | O_NONBLOCK)
        let type = try file.status().st_mode & S_IFMT
        if type == S_IFREG { return file }
        throw StorageError.io(
            path: path, operation: "open as a file of lines", errno: type == S_IFDIR ? EISDIR : EINVAL)
    }

    private static func syncFolder(of path: String) throws {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try FileDescriptor(opening: parent, flags: O_RDONLY | O_DIRECTORY).sync()
    }

    private func wholeLines(of file: FileDescriptor, from offset: Int) throws -> [UInt8] {
        let size = Int(try file.status().st_size)
        guard offset >= 0, offset <= size else {
            throw StorageError.corrupt(file: path, reason: "it has \(size) bytes, and \(offset) were read of it before")
        }
        var bytes = try file.read(size - offset, at: offset)
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        bytes.removeSubrange(end...)
        return bytes
    }
}
