import DurableStorage
import Essentials
import RetrievalData

/// Where a training writes its state, so that it can go on after it was killed.
///
/// A folder holds the last two checkpoints, each complete or absent. It is locked while this value lives.
public struct TrainingCheckpoints: Sendable {
    /// The folder's path.
    public let path: String
    /// Steps between two checkpoints; 0 writes none but the one of an interruption.
    public var every: Int
    /// Whether training goes on from the last good checkpoint.
    public var resumes: Bool
    /// Asked after each step: whether training must write a checkpoint and stop.
    public var isInterrupted: @Sendable () -> Bool
    private let folder: FileSystemDirectory
    private let lock: DirectoryLock
    private let program: String
    static let kept = 2
    private static let lockName = "lock"

    /// Opens or makes the folder.
    ///
    /// Throws `TrainingError.checkpointsExist` where it has checkpoints and they are neither to be resumed nor replaced.
    public init(
        path: String, every: Int, resumes: Bool = false, replaces: Bool = false, program: String = "",
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.path = path
        self.every = max(0, every)
        self.resumes = resumes
        self.program = program
        self.isInterrupted = isInterrupted
        folder = try FileSystemDirectory(path: path, create: true)
        lock = try folder.lock(Self.lockName)
        for name in try folder.list() where name.hasSuffix(".partial") && name.hasPrefix("step-") {
            try folder.delete(name)
        }
        if resumes { return }
        let old = try names()
        if !old.isEmpty, !replaces { throw TrainingError.checkpointsExist(path: path) }
        for name in old { try folder.delete(name) }
        try folder.sync()
    }

    /// The step of the last checkpoint; nil where there is none.
    public var lastStep: Int? {
        (try? names())?.last.flatMap { Int($0.dropFirst(5).prefix { $0 != "." }) }
    }

    /// The path of the last checkpoint; nil where there is none.
    public var lastPath: String? { (try? names())?.last.map { folder.describe($0) } }

    /// Deletes the checkpoints and the folder, unless something else is in it.
    public func remove() throws {
        for name in try names() { try folder.delete(name) }
        try folder.delete(Self.lockName)
        try folder.removeIfEmpty()
    }

    /// Writes a position and deletes all but the last two.
    func write(_ position: TrainingPosition, identity: TrainingIdentity, options: TrainingOptions) throws {
        let digits = "\(position.state.steps)"
        let name = "step-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits + ".state"
        try folder.replace(name) { aside in
            try TrainingStateFile.write(
                position, program: program, identity: identity, options: options, to: aside, in: folder)
        }
        for old in try names().dropLast(Self.kept) { try folder.delete(old) }
    }

    /// The last good position; nil where there is no checkpoint at all.
    ///
    /// Throws `TrainingError.otherTraining` where a checkpoint belongs to another training, and the first damage where none is good.
    func lastGood(
        _ fresh: TrainingPosition, set: TrainingSet, identity: TrainingIdentity, options: TrainingOptions
    ) throws -> TrainingPosition? {
        var damage: StorageError?
        for name in try names().reversed() {
            do {
                let header = try TrainingStateFile.header(name, in: folder)
                let differences = Self.differences(header, program, identity, options)
                guard differences.isEmpty else {
                    throw TrainingError.otherTraining(path: folder.describe(name), differences: differences)
                }
                return try TrainingStateFile.read(name, in: folder, into: fresh, set: set)
            } catch let error as StorageError {
                guard case .corrupt = error else { throw error }
                damage = damage ?? error
            }
        }
        if let damage { throw damage }
        return nil
    }

    private static func differences(
        _ header: TrainingStateFile.Header, _ program: String, _ identity: TrainingIdentity, _ options: TrainingOptions
    ) -> [String] {
        var found = header.identity.differences(from: identity)
        if header.program != program { found.append("the version of the program (\(header.program), now \(program))") }
        let before = values(header.options)
        let now = values(options)
        for name in Set(before.keys).union(now.keys).sorted() where before[name] != now[name] {
            found.append("\(name) (\(before[name] ?? "none"), now \(now[name] ?? "none"))")
        }
        return found
    }

    /// The options that decide the result, by name.
    private static func values(_ options: TrainingOptions) -> [String: String] {
        guard case .object(let members)? = try? JSONTree(encoding: options) else { return [:] }
        var found: [String: String] = [:]
        for (name, value) in members {
            guard case .object(let group) = value else {
                found[name] = value.description
                continue
            }
            for (part, value) in group { found["\(name).\(part)"] = value.description }
        }
        return found
    }

    private func names() throws -> [String] {
        try folder.list().filter { $0.hasPrefix("step-") && $0.hasSuffix(".state") }
    }
}
