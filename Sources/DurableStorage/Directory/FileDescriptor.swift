#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file of the operating system, closed when its last reference goes.
final class FileDescriptor: OutputFile {
    let path: String
    private(set) var number: Int32

    init(opening path: String, flags: Int32, mode: mode_t = 0o666) throws {
        number = open(path, flags | O_CLOEXEC, mode)
        self.path = path
        if number < 0 { throw StorageError.last("open", path) }
    }

    /// A descriptor that is already open, such as standard output; it is not closed at the end if `borrowed`.
    init(borrowing number: Int32, path: String) {
        self.number = number
        self.path = path
        borrowed = true
    }

    private var borrowed = false
    private var locked = false

    deinit { try? close() }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard var next = bytes.baseAddress else { return }
        var remaining = bytes.count
        while remaining > 0 {
            let written = unistdWrite(number, next, remaining)
            if written < 0 {
                if errno == EINTR { continue }
                throw StorageError.last("write", path)
            }
            next += written
            remaining -= written
        }
    }

    func sync() throws {
        while fsync(number) != 0 {
            if errno == EINTR { continue }
            throw StorageError.last("fsync", path)
        }
    }

    func close() throws {
        guard number >= 0, !borrowed else { return }
        // A child process that was just started still shares the descriptor, and would keep the lock until it runs its own program.
        if locked { unlock() }
        let open = number
        number = -1
        if unistdClose(open) != 0, errno != EINTR { throw StorageError.last("close", path) }
    }

    /// Cuts the file to a length and goes on writing at its end.
    func truncate(to length: Int) throws {
        if ftruncate(number, off_t(length)) != 0 { throw StorageError.last("truncate", path) }
        if lseek(number, 0, SEEK_END) < 0 { throw StorageError.last("seek", path) }
    }

    /// Takes the exclusive lock of the file without waiting; it ends with the descriptor.
    func lockExclusively() throws {
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            throw errno == EWOULDBLOCK ? StorageError.locked(path: path) : StorageError.last("lock", path)
        }
        locked = true
    }

    /// Does something while the file is locked, shared (`LOCK_SH`) or for oneself (`LOCK_EX`); waits for the lock.
    func holdingLock<R>(_ kind: Int32, _ body: () throws -> R) throws -> R {
        while flock(number, kind) != 0 {
            if errno != EINTR { throw StorageError.last("lock", path) }
        }
        defer { unlock() }
        return try body()
    }

    /// Bytes from an offset on, fewer where the file ends before.
    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(number, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got == 0 { break }
                if got > 0 {
                    filled += got
                } else if errno != EINTR {
                    throw StorageError.last("read", path)
                }
            }
        }
    }

    /// Gives the lock up at once, also where a child process that was just started still shares the descriptor.
    func unlock() {
        flock(number, LOCK_UN)
        locked = false
    }

    func status() throws -> stat {
        var status = stat()
        if fstat(number, &status) != 0 { throw StorageError.last("stat", path) }
        return status
    }

    /// Whether `path` still names this very file.
    func isAtItsPath() -> Bool {
        var named = stat()
        guard let own = try? status(), stat_(path, &named) == 0 else { return false }
        return own.st_ino == named.st_ino && own.st_dev == named.st_dev
    }
}

func stat_(_ path: String, _ status: inout stat) -> Int32 { stat(path, &status) }
private func unistdClose(_ number: Int32) -> Int32 { close(number) }
private func unistdWrite(_ number: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(number, bytes, count)
}
