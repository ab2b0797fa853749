import DurableStorage
import Synchronization

/// A directory whose operation number N fails, and every one after it: what a full disk or a killed process looks like from within.
public final class FaultInjectingDirectory: Directory {
    /// The error of the operation that fails.
    public struct Fault: Error, Hashable {
        /// The number of the operation.
        public var operation: Int
        /// What was to be done.
        public var description: String
    }

    private let base: any Directory
    private let failing: Int
    private let counter = Mutex(0)

    /// A directory over another whose operations from number `failing` on (counted from 1) fail; none by default.
    public init(_ base: any Directory, failing: Int = .max) {
        self.base = base
        self.failing = failing
    }

    /// The number of operations so far.
    public var operations: Int { counter.withLock { $0 } }

    fileprivate func step(_ description: String) throws {
        let number = counter.withLock { count in
            count += 1
            return count
        }
        if number >= failing { throw Fault(operation: number, description: description) }
    }

    /// The path of the directory below.
    public var path: String { base.path }

    /// Lists the directory below.
    public func list() throws -> [String] {
        try step("list")
        return try base.list()
    }

    /// Opens a file of the directory below.
    public func open(_ name: String) throws -> MappedFile {
        try step("open \(name)")
        return try base.open(name)
    }

    /// Creates a file whose writes and syncs are operations too.
    public func create(_ name: String) throws -> any OutputFile {
        try step("create \(name)")
        return FaultInjectingFile(try base.create(name), name, self)
    }

    /// Renames a file of the directory below.
    public func rename(_ name: String, to newName: String) throws {
        try step("rename \(name)")
        try base.rename(name, to: newName)
    }

    /// Deletes a file of the directory below.
    public func delete(_ name: String) throws {
        try step("delete \(name)")
        try base.delete(name)
    }

    /// Syncs the directory below.
    public func sync() throws {
        try step("sync")
        try base.sync()
    }

    /// Locks the directory below.
    public func lock(_ name: String) throws -> DirectoryLock {
        try step("lock \(name)")
        return try base.lock(name)
    }
}

/// A file whose write that fails writes half of its bytes.
private final class FaultInjectingFile: OutputFile {
    private let base: any OutputFile
    private let name: String
    private let directory: FaultInjectingDirectory

    init(_ base: any OutputFile, _ name: String, _ directory: FaultInjectingDirectory) {
        self.base = base
        self.name = name
        self.directory = directory
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        do {
            try directory.step("write \(name)")
        } catch {
            try base.write(UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)))
            throw error
        }
        try base.write(bytes)
    }

    func sync() throws {
        try directory.step("sync \(name)")
        try base.sync()
    }

    func close() throws { try base.close() }
}
