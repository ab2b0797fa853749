#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What can go wrong with a file or folder on disk.
public enum StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's bytes are not what was written.
    case corrupt(file: String, reason: String)
    /// There is nothing at that path.
    case notFound(path: String)
    /// The folder in which a file is to be written is not there.
    case noFolder(folder: String, file: String)
    /// Something is at that path which would be overwritten.
    case alreadyExists(path: String)
    /// Another writer holds the lock.
    case locked(path: String)
    /// The operating system refused an operation.
    case io(path: String, operation: String, errno: Int32)
    /// The file is sound and cannot be used by this program.
    case incompatible(file: String, reason: String, remedy: String)

    /// What happened, to which file, and what to do.
    public var description: String {
        switch self {
        case .corrupt(let file, let reason):
            "\(file): corrupt: \(reason); restore the file or build it again"
        case .notFound(let path):
            "\(path): no such file or folder; check the path"
        case .noFolder(let folder, let file):
            "\(file): cannot be written: there is no folder \(folder); make it, or choose another path"
        case .alreadyExists(let path):
            "\(path): already exists and is not empty; choose another path or ask to overwrite it"
        case .locked(let path):
            "\(path): locked by another writer; wait until it has finished"
        case .io(let path, let operation, let code):
            "\(path): \(operation) failed: \(Self.message(of: code)) (errno \(code))\(Self.remedy(for: code))"
        case .incompatible(let file, let reason, let remedy):
            "\(file): \(reason); \(remedy)"
        }
    }

    /// The operating system's words for an error number.
    private static func message(of code: Int32) -> String {
        guard let text = strerror(code) else { return "unknown error" }
        return String(cString: text)
    }

    /// What a person can do about an error number; empty where that is not known.
    private static func remedy(for code: Int32) -> String {
        switch code {
        case EISDIR: "; it is a folder: name a file in it"
        case ENOTDIR: "; a part of the path is a file: choose another path"
        case EACCES, EPERM, EROFS: "; choose another path, or have the right to it granted"
        case ENOSPC, EDQUOT: "; free some space, or choose a path on another disk"
        case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
        default: ""
        }
    }

    /// The error for the last failed system call: `notFound` where that says it better than `io`.
    static func last(_ operation: String, _ path: String) -> StorageError {
        let code = errno
        return code == ENOENT ? .notFound(path: path) : .io(path: path, operation: operation, errno: code)
    }
}
