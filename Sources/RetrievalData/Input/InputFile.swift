#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file or standard input; closed when the object goes.
final class InputFile {
    /// What messages call it: the path as given, or `<stdin>`.
    let name: String
    private let descriptor: Int32
    private let owned: Bool

    /// Opens a file for reading, from a byte on; `-` is standard input.
    init(path: String, from offset: Int = 0) throws {
        if path == "-" {
            (name, descriptor, owned) = ("<stdin>", 0, false)
            return
        }
        name = path
        owned = true
        guard !path.utf8.contains(0) else {
            throw FileError.unreadable(path: path, reason: "the path holds a NUL byte")
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(path: path, code: errno) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw InputErrors(
                InputError(
                    source: path, problem: "it is a folder", remedy: "a file was expected here; name the file within it"
                ))
        }
        if offset > 0, lseek(descriptor, off_t(offset), SEEK_SET) < 0 { throw Self.error(path: path, code: errno) }
    }

    deinit {
        if owned, descriptor >= 0 { close(descriptor) }
    }

    /// Reads up to `count` bytes to `start`; 0 at the end.
    func read(to start: UnsafeMutablePointer<UInt8>, count: Int) throws -> Int {
        while true {
            #if canImport(Glibc)
                let got = Glibc.read(descriptor, start, count)
            #elseif canImport(Musl)
                let got = Musl.read(descriptor, start, count)
            #else
                let got = Darwin.read(descriptor, start, count)
            #endif
            if got >= 0 { return got }
            if errno != EINTR { throw Self.error(path: name, code: errno) }
        }
    }

    private static func error(path: String, code: Int32) -> FileError {
        if code == ENOENT || code == ENOTDIR { return .notFound(path: path) }
        return .unreadable(path: path, reason: String(cString: strerror(code)))
    }
}

/// What stands at a path.
enum PathKind {
    case file, folder, nothing

    /// Looks at a path, following symbolic links; what is neither file nor folder (a pipe) counts as a file.
    init(_ path: String) {
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0 else {
            self = .nothing
            return
        }
        self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    /// The bytes of a file that can be read more than once: no pipe and no device; nil for anything else.
    static func size(ofRegularFile path: String) -> Int? {
        var status = stat()
        let isThere = path != "-" && !path.utf8.contains(0) && stat(path, &status) == 0
        return isThere && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// Whether a file stands there that can be read more than once.
    static func isRegularFile(_ path: String) -> Bool { size(ofRegularFile: path) != nil }
}
