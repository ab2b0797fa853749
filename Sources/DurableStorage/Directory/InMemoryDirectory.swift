import Synchronization

/// A directory that lives in memory and knows what a crash would leave of it.
///
/// Data are durable once their file was synced, names once the directory was synced.
public final class InMemoryDirectory: Directory {
    /// What a crash does to data and names that were not synced.
    public enum Crash: Sendable, Hashable, CaseIterable {
        /// Everything that was not synced is lost.
        case losesUnsynced
        /// Names reached the disk, data that were not synced did not: the order a file system may choose.
        case losesUnsyncedData
        /// Data reached the disk, names that were not synced did not.
        case losesUnsyncedNames
        /// Everything reached the disk.
        case losesNothing
    }

    private struct State {
        var nodes: [Int: Node] = [:]
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var locks: Set<String> = []
        var nextNode = 0
    }

    private struct Node {
        var bytes: [UInt8] = []
        var durableBytes: [UInt8] = []
    }

    /// The name that stands for the directory in messages.
    public let path: String
    private let state = Mutex(State())

    /// An empty directory.
    public init(path: String = "memory") { self.path = path }

    /// The names of the files, in byte order.
    public func list() throws -> [String] {
        state.withLock { Array($0.names.keys) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The file's bytes as they are now; later writes do not change them.
    public func open(_ name: String) throws -> MappedFile {
        MappedFile(name: describe(name), bytes: try bytes(of: name))
    }

    /// The file's bytes as they are now.
    public func bytes(of name: String) throws -> [UInt8] {
        let bytes = state.withLock { state in state.names[name].flatMap { state.nodes[$0]?.bytes } }
        guard let bytes else { throw StorageError.notFound(path: describe(name)) }
        return bytes
    }

    /// Puts a whole durable file in place; for tests that damage one.
    public func put(_ name: String, bytes: [UInt8]) {
        state.withLock { state in
            let number = state.nextNode
            state.nextNode += 1
            state.nodes[number] = Node(bytes: bytes, durableBytes: bytes)
            state.names[name] = number
            state.durableNames[name] = number
        }
    }

    /// Creates or empties a file for writing.
    public func create(_ name: String) throws -> any OutputFile {
        let number = state.withLock { state in
            let number = state.nextNode
            state.nextNode += 1
            state.nodes[number] = Node()
            state.names[name] = number
            return number
        }
        return InMemoryOutputFile(directory: self, node: number)
    }

    /// Renames a file, replacing what bears the new name.
    public func rename(_ name: String, to newName: String) throws {
        let found = state.withLock { state in
            guard let number = state.names.removeValue(forKey: name) else { return false }
            state.names[newName] = number
            return true
        }
        if !found { throw StorageError.notFound(path: describe(name)) }
    }

    /// Deletes a file.
    public func delete(_ name: String) throws {
        let found = state.withLock { $0.names.removeValue(forKey: name) != nil }
        if !found { throw StorageError.notFound(path: describe(name)) }
    }

    /// Makes creations, renames and deletions durable.
    public func sync() throws { state.withLock { $0.durableNames = $0.names } }

    /// Takes the exclusive lock of that name.
    public func lock(_ name: String) throws -> DirectoryLock {
        let taken = state.withLock { $0.locks.insert(name).inserted }
        if !taken { throw StorageError.locked(path: describe(name)) }
        return DirectoryLock { [self] in state.withLock { _ = $0.locks.remove(name) } }
    }

    /// The directory that a crash at this moment would leave.
    public func afterCrash(_ crash: Crash) -> InMemoryDirectory {
        let survivor = InMemoryDirectory(path: path)
        let files: [(String, [UInt8])] = state.withLock { state in
            let losesNames = crash == .losesUnsynced || crash == .losesUnsyncedNames
            let losesData = crash == .losesUnsynced || crash == .losesUnsyncedData
            return (losesNames ? state.durableNames : state.names).map { name, number in
                let node = state.nodes[number] ?? Node()
                return (name, losesData ? node.durableBytes : node.bytes)
            }
        }
        for (name, bytes) in files { survivor.put(name, bytes: bytes) }
        return survivor
    }

    /// A directory that a crash at this moment could leave where the disk writes in an order of its own: each file that was not synced has any part
    /// of what was written since, and each name that was not synced is the old or the new one, whatever the others are.
    public func afterReordering(_ random: inout some RandomNumberGenerator) -> InMemoryDirectory {
        let survivor = InMemoryDirectory(path: path)
        let state = state.withLock { $0 }
        for name in Set(state.names.keys).union(state.durableNames.keys).sorted() {
            let keepsOld = Bool.random(using: &random)
            guard let node = (keepsOld ? state.durableNames : state.names)[name].flatMap({ state.nodes[$0] }) else {
                continue
            }
            let written = Int.random(in: node.durableBytes.count...node.bytes.count, using: &random)
            var bytes = Array(node.bytes[..<written])
            // The length of a file may reach the disk before what it holds.
            if Bool.random(using: &random) {
                bytes += [UInt8](repeating: 0, count: node.bytes.count - written)
            }
            survivor.put(name, bytes: bytes)
        }
        return survivor
    }

    fileprivate func append(_ bytes: UnsafeRawBufferPointer, to node: Int) {
        state.withLock { $0.nodes[node]?.bytes.append(contentsOf: bytes) }
    }

    fileprivate func syncData(of node: Int) {
        state.withLock { state in
            if let bytes = state.nodes[node]?.bytes { state.nodes[node]?.durableBytes = bytes }
        }
    }
}

/// A file being written into an `InMemoryDirectory`.
private final class InMemoryOutputFile: OutputFile {
    private let directory: InMemoryDirectory
    private let node: Int

    init(directory: InMemoryDirectory, node: Int) {
        self.directory = directory
        self.node = node
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws { directory.append(bytes, to: node) }
    func sync() throws { directory.syncData(of: node) }
    func close() throws {}
}
