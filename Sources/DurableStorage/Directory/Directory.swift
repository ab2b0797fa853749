/// A flat folder of files: the only door through which index and model files are opened, written, renamed and deleted.
///
/// Names are plain file names without `/`. A file's data are durable after `OutputFile.sync()`; creations, renames and deletions are
/// durable after `sync()` of the directory. `InMemoryDirectory` models exactly that, so that a crash can be played in a test.
public protocol Directory: Sendable {
    /// The folder's path, or a name that stands for it in messages.
    var path: String { get }

    /// The names of the files, in byte order.
    func list() throws -> [String]

    /// Maps a file for reading; throws `StorageError.notFound` where there is none.
    func open(_ name: String) throws -> MappedFile

    /// Creates a file, or empties the one that is there, for writing.
    func create(_ name: String) throws -> any OutputFile

    /// Renames a file, replacing what bears the new name.
    func rename(_ name: String, to newName: String) throws

    /// Deletes a file; throws `StorageError.notFound` where there is none.
    func delete(_ name: String) throws

    /// Makes creations, renames and deletions durable.
    func sync() throws

    /// Takes the exclusive lock of that name until the returned value is released; throws `StorageError.locked` if it is taken.
    func lock(_ name: String) throws -> DirectoryLock
}

extension Directory {
    /// Whether a file of that name is there.
    public func contains(_ name: String) throws -> Bool { try list().contains(name) }

    /// The name of a file for messages.
    public func describe(_ name: String) -> String { path.isEmpty ? name : path + "/" + name }

    /// Writes a file whole or not at all: aside, synced, renamed, and the folder synced.
    public func replace(_ name: String, with write: (String) throws -> Void) throws {
        let aside = name + ".partial"
        do {
            try write(aside)
            try rename(aside, to: name)
        } catch {
            try? delete(aside)
            throw error
        }
        try sync()
    }
}

/// A file being written from its beginning to its end.
public protocol OutputFile: AnyObject {
    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// Makes what was written durable.
    func sync() throws
    /// Ends writing; a file is also closed when its last reference goes.
    func close() throws
}

/// An exclusive lock on a directory; released when the last reference to it goes.
public final class DirectoryLock: Sendable {
    private let release: @Sendable () -> Void

    /// A lock that calls `release` at its end.
    public init(release: @escaping @Sendable () -> Void) { self.release = release }

    deinit { release() }
}
