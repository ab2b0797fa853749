#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Builds a whole folder aside as `NAME.partial` and puts it into place when it is complete.
///
/// The folder is removed unless `commit()` was called. A second builder of the same path gets `StorageError.locked`; what a killed process
/// left aside is removed by the next builder.
public final class FolderReplacement {
    /// The folder under construction.
    public let directory: FileSystemDirectory
    /// The path at which the folder will stand.
    public let path: String
    private let overwrite: Bool
    private let handle: FileDescriptor
    private var committed = false

    /// Begins a folder aside; throws `StorageError.alreadyExists` if there is a non-empty folder or a file at the path, unless `overwrite`.
    public init(path: String, overwrite: Bool = false) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.overwrite = overwrite
        if !overwrite, try Self.isOccupied(path) { throw StorageError.alreadyExists(path: path) }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try FileSystemDirectory.createFolder(String(path[..<slash]))
        }
        let aside = path + ".partial"
        handle = try PartialOutputs.change { paths in
            if mkdir(aside, 0o777) != 0, errno != EEXIST { throw StorageError.last("create folder", aside) }
            let handle = try FileDescriptor(opening: aside, flags: O_RDONLY | O_DIRECTORY)
            try handle.lockExclusively()
            guard handle.isAtItsPath() else { throw StorageError.locked(path: aside) }
            paths.insert(aside)
            return handle
        }
        try Self.removeContents(of: aside)
        directory = try FileSystemDirectory(path: aside)
    }

    deinit {
        if !committed {
            try? Self.removeContents(of: directory.path)
            rmdir(directory.path)
            PartialOutputs.remove(directory.path)
        }
    }

    /// Builds a folder whole: nothing is left at the path if `body` throws, or what was there before.
    public static func write<R>(
        path: String, overwrite: Bool = false, _ body: (FileSystemDirectory) throws -> R
    ) throws -> R {
        let replacement = try FolderReplacement(path: path, overwrite: overwrite)
        let result = try body(replacement.directory)
        try replacement.commit()
        return result
    }

    /// Makes the folder durable and puts it into place.
    ///
    /// A folder that was there before is exchanged with the new one in one step and then removed. Where the file system cannot
    /// exchange, it bears the name `NAME.old` between two renames.
    public func commit() throws {
        if committed { return }
        try Self.syncAll(directory.path)
        let occupied = Self.kind(of: path) != .missing
        if occupied, try Self.isOccupied(path), !overwrite { throw StorageError.alreadyExists(path: path) }
        try PartialOutputs.change { paths in
            if !occupied {
                if rename(directory.path, path) != 0 { throw StorageError.last("rename", directory.path) }
            } else if !exchangeNames(directory.path, path) {
                try replaceInTwoSteps()
            }
            paths.remove(directory.path)
        }
        committed = true
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try FileDescriptor(opening: parent, flags: O_RDONLY | O_DIRECTORY).sync()
        if occupied { try Self.remove(directory.path) }
    }

    private func replaceInTwoSteps() throws {
        let old = path + ".old"
        try Self.remove(old)
        if rename(path, old) != 0 { throw StorageError.last("rename", path) }
        if rename(directory.path, path) != 0 {
            let error = StorageError.last("rename", directory.path)
            _ = rename(old, path)
            throw error
        }
        if rename(old, directory.path) != 0 { throw StorageError.last("rename", old) }
    }

    private static func isOccupied(_ path: String) throws -> Bool {
        switch kind(of: path) {
        case .missing: false
        case .folder: try !FileSystemDirectory(path: path).list().isEmpty
        case .other: true
        }
    }

    private enum Kind { case missing, folder, other }

    private static func kind(of path: String) -> Kind {
        var status = stat()
        if lstat(path, &status) != 0 { return .missing }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
    }

    private static func syncAll(_ folder: String) throws {
        for name in try FileSystemDirectory(path: folder).list() {
            let entry = folder + "/" + name
            if kind(of: entry) == .folder {
                try syncAll(entry)
            } else {
                try FileDescriptor(opening: entry, flags: O_RDONLY).sync()
            }
        }
        try FileDescriptor(opening: folder, flags: O_RDONLY | O_DIRECTORY).sync()
    }

    private static func removeContents(of folder: String) throws {
        for name in try FileSystemDirectory(path: folder).list() { try remove(folder + "/" + name) }
    }

    private static func remove(_ path: String) throws {
        switch kind(of: path) {
        case .missing: break
        case .folder:
            try removeContents(of: path)
            if rmdir(path) != 0 { throw StorageError.last("delete", path) }
        case .other:
            if unlink(path) != 0 { throw StorageError.last("delete", path) }
        }
    }
}
