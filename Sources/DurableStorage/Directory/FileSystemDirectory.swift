#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of the file system.
public struct FileSystemDirectory: Directory {
    /// The folder's path as it was given.
    public let path: String

    /// The folder at a path; created, with its parents, if `create`, otherwise `StorageError.notFound` where it is missing.
    public init(path: String, create: Bool = false) throws {
        self.path = path
        if create { try Self.createFolder(path) }
        var status = stat()
        if stat_(path, &status) != 0 { throw StorageError.last("stat", path) }
        if status.st_mode & S_IFMT != S_IFDIR {
            throw StorageError.io(path: path, operation: "open folder", errno: ENOTDIR)
        }
    }

    /// The names of all entries but `.` and `..`, in byte order.
    public func list() throws -> [String] {
        guard let stream = opendir(path) else { throw StorageError.last("list", path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Maps a file for reading.
    public func open(_ name: String) throws -> MappedFile { try MappedFile(path: full(name)) }

    /// Creates or empties a file for writing.
    public func create(_ name: String) throws -> any OutputFile {
        try PartialOutputs.change { _ in
            try FileDescriptor(opening: full(name), flags: O_WRONLY | O_CREAT | O_TRUNC)
        }
    }

    /// Renames a file, replacing what bears the new name.
    public func rename(_ name: String, to newName: String) throws {
        try PartialOutputs.change { _ in
            if renameEntry(full(name), full(newName)) != 0 { throw StorageError.last("rename", full(name)) }
        }
    }

    /// Deletes a file.
    public func delete(_ name: String) throws {
        if unlink(full(name)) != 0 { throw StorageError.last("delete", full(name)) }
    }

    /// Deletes the folder itself; one that holds anything stays.
    public func removeIfEmpty() throws {
        if rmdir(path) != 0, errno != ENOTEMPTY, errno != EEXIST { throw StorageError.last("delete folder", path) }
    }

    /// Makes creations, renames and deletions durable.
    public func sync() throws { try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY).sync() }

    /// Takes the exclusive lock of a lock file, which stays behind empty; the system frees it when the process ends, however it ends.
    public func lock(_ name: String) throws -> DirectoryLock {
        let file = try FileDescriptor(opening: full(name), flags: O_RDWR | O_CREAT)
        try file.lockExclusively()
        // Another writer may have replaced the whole folder in between; its lock is another file.
        guard file.isAtItsPath() else { throw StorageError.locked(path: file.path) }
        nonisolated(unsafe) let held = file
        return DirectoryLock {
            held.unlock()
            try? held.close()
        }
    }

    private func full(_ name: String) -> String { path + "/" + name }

    /// Creates a folder and its parents where they are missing.
    static func createFolder(_ path: String) throws {
        var status = stat()
        if stat_(path, &status) == 0 { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try createFolder(String(path[..<slash]))
        }
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw StorageError.last("create folder", path) }
    }
}

private func renameEntry(_ from: String, _ to: String) -> Int32 { rename(from, to) }
