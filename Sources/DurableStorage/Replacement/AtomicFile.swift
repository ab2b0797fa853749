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
/// `StorageError.locked`. What a killed process left aside is overwritten by the next writer, or, where that asks for it, gone on with.
public final class AtomicFile {
    /// The beginning of a file that was written aside: enough to tell whether it is still there.
    public struct Part: Sendable, Hashable, Codable {
        /// Its length.
        public var bytes: Int
        /// Its CRC-32C.
        public var checksum: UInt32

        /// A part from its numbers.
        public init(bytes: Int, checksum: UInt32) {
            self.bytes = bytes
            self.checksum = checksum
        }
    }

    private let file: FileDescriptor
    private let target: String?
    private let keepsAside: Bool
    private var buffer: [UInt8] = []
    private var flushed = 0
    private var checksum = CRC32C()
    private static let bufferSize = 1 << 16

    /// Writes a file whole: nothing is left at the path if `body` throws, or what was there before.
    ///
    /// With a part of an earlier writer `body` goes on behind it; `StorageError.corrupt` where it is no longer there as it was. What was
    /// written aside goes when `body` throws or the program is interrupted, unless it is to be kept. A private file only its owner may read.
    public static func write<R>(
        path: String, after part: Part? = nil, keepingAside: Bool = false, isPrivate: Bool = false,
        _ body: (AtomicFile) throws -> R
    ) throws -> R {
        let file = try AtomicFile(path: path, after: part, keepsAside: keepingAside, isPrivate: isPrivate)
        do {
            let result = try body(file)
            try file.finish()
            return result
        } catch {
            file.abandon()
            throw error
        }
    }

    private init(path: String, after part: Part?, keepsAside: Bool, isPrivate: Bool) throws {
        self.keepsAside = keepsAside
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
        file = try Self.openAside(Self.aside(of: resolved), after: part, keepsAside: keepsAside, isPrivate: isPrivate)
        if let part {
            flushed = part.bytes
            checksum = CRC32C(continuing: part.checksum)
        }
    }

    /// The path under which a file is written aside.
    public static func aside(of path: String) -> String { path + ".partial" }

    /// All that was written so far, whether the system has it or not.
    public var part: Part {
        var checksum = checksum
        buffer.withUnsafeBytes { checksum.update($0) }
        return Part(bytes: flushed + buffer.count, checksum: checksum.value)
    }

    /// Makes what was written so far durable, and says what it is; a later writer can go on after it.
    public func save() throws -> Part {
        try flush()
        try file.sync()
        return part
    }

    /// Opens and locks the file aside; tries again where another writer renamed it between opening and locking.
    private static func openAside(
        _ aside: String, after part: Part?, keepsAside: Bool, isPrivate: Bool
    ) throws -> FileDescriptor {
        let mode: mode_t = isPrivate ? 0o600 : 0o666
        for _ in 0..<100 {
            let ours: FileDescriptor? = try PartialOutputs.change { paths in
                let file = try Self.opened(aside, mode: mode)
                try file.lockExclusively()
                guard file.isAtItsPath() else { return nil }
                if !keepsAside { paths.insert(aside) }
                return file
            }
            guard let file = ours else { continue }
            // What a killed process left may be another's to read.
            if isPrivate, fchmod(file.number, mode) != 0 { throw StorageError.last("chmod", aside) }
            if let part { try check(aside, part) }
            try file.truncate(to: part?.bytes ?? 0)
            return file
        }
        throw StorageError.locked(path: aside)
    }

    /// Opens a file aside; what is not there can only be its folder.
    private static func opened(_ aside: String, mode: mode_t) throws -> FileDescriptor {
        do {
            return try FileDescriptor(opening: aside, flags: O_WRONLY | O_CREAT, mode: mode)
        } catch StorageError.notFound {
            let folder = aside.lastIndex(of: "/").map { String(aside[..<$0]) } ?? "."
            throw StorageError.noFolder(
                folder: folder.isEmpty ? "/" : folder, file: String(aside.dropLast(Self.aside(of: "").count)))
        }
    }

    private static func check(_ aside: String, _ part: Part) throws {
        let map = try MappedFile(path: aside)
        let isThere =
            part.bytes >= 0 && map.count >= part.bytes
            && map.withUnsafeBytes { CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0.prefix(part.bytes))) }
                == part.checksum
        guard isThere else {
            throw StorageError.corrupt(
                file: aside, reason: "its first \(part.bytes) bytes are not those that were written before")
        }
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
            count(bytes)
        } else {
            buffer.append(contentsOf: bytes)
            if buffer.count >= Self.bufferSize { try flush() }
        }
    }

    /// Hands what is buffered to the system; makes a line on standard output appear at once.
    public func flush() throws {
        try buffer.withUnsafeBytes {
            try file.write($0)
            count($0)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func count(_ bytes: UnsafeRawBufferPointer) {
        flushed += bytes.count
        checksum.update(bytes)
    }

    private func finish() throws {
        try flush()
        guard let target else { return }
        try file.sync()
        try PartialOutputs.change { paths in
            if rename(file.path, target) != 0 { throw StorageError.last("rename", file.path) }
            paths.remove(file.path)
        }
        let parent = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        try FileDescriptor(opening: parent, flags: O_RDONLY | O_DIRECTORY).sync()
        try file.close()
    }

    private func abandon() {
        if target != nil, !keepsAside, file.isAtItsPath() { unlink(file.path) }
        PartialOutputs.remove(file.path)
        try? file.close()
    }
}
