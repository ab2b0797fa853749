import DurableStorage
import RetrievalData
import TextAnalysis

/// Builds a new index from a stream of documents, or changes one; nothing is to be seen of it before `commit()`.
///
/// The files have the same bytes for the same operations in the same order, whatever the number of threads, the batches, and the memory.
/// A change adds segments beside those that are there, marks documents as deleted, and now and then merges segments; scores are those
/// of an index that was built anew of the documents that are left. Readers go on with what they opened. For one thread at a time.
public final class IndexWriter {
    /// What becomes of a document whose id is in the index already.
    public enum Change: Sendable, Hashable {
        /// It is refused.
        case append
        /// It replaces the one of that id.
        case update
    }

    private let directory: any Directory
    private let replacement: FolderReplacement?
    private var locks: [DirectoryLock]
    private let change: Change
    private let threads: Int
    private var base: IndexBase?
    private var manifest: Manifest
    private let files: SegmentFiles
    private let builder: SegmentBuilder
    private var isCompacting = false
    private var intake: ShardIntake
    private var isEnded = false

    /// A writer for a new index at a path, which appears there whole at the commit.
    ///
    /// Throws `StorageError.alreadyExists` where the folder is there and not empty, unless `overwrite`, and `StorageError.locked`
    /// where another writer is at work on it.
    public convenience init(path: String, options: IndexOptions = IndexOptions(), overwrite: Bool = false) throws {
        var locks: [DirectoryLock] = []
        if overwrite, let old = try? FileSystemDirectory(path: path), try old.contains(IndexFormat.manifestName) {
            locks.append(try old.lock(IndexFormat.lockName))
        }
        let replacement = try FolderReplacement(path: path, overwrite: overwrite)
        try self.init(directory: replacement.directory, options: options, replacement: replacement, locks: locks)
    }

    /// A writer for a new index in a directory that holds none.
    public convenience init(directory: any Directory, options: IndexOptions = IndexOptions()) throws {
        try self.init(directory: directory, options: options, replacement: nil)
    }

    /// A writer that changes the index at a path; throws `StorageError.notFound` where there is none, `StorageError.locked` where another
    /// writer is at work on it.
    ///
    /// The index says how text becomes terms, which fields are searched, and whether text and positions are stored. Throws
    /// `SearchError.analyzerMismatch` where this program's analyzer would not give the terms that the index holds.
    public convenience init(
        opening path: String, change: Change = .append, threads: Int = 1, memory: Int = IndexOptions().memory,
        shard: Shard? = nil
    ) throws {
        try self.init(
            opening: FileSystemDirectory(path: path), change: change, threads: threads, memory: memory, shard: shard)
    }

    /// A writer that changes the index in a directory.
    ///
    /// The index of a shard is given the changes of all shards, and passes over those of others; `ShardError` where `shard` is not its own.
    public init(
        opening directory: any Directory, change: Change = .append, threads: Int = 1,
        memory: Int = IndexOptions().memory, shard: Shard? = nil
    ) throws {
        guard try directory.contains(IndexFormat.manifestName) else {
            throw StorageError.notFound(path: directory.describe(IndexFormat.manifestName))
        }
        locks = [try directory.lock(IndexFormat.lockName)]
        let manifest = try Manifest.read(from: directory)
        intake = try ShardIntake(changing: manifest.shard, named: shard, path: directory.path)
        let analyzer = try manifest.matchingAnalyzer(index: directory.path)
        try Self.removeLeftovers(directory, besides: manifest)
        self.directory = directory
        replacement = nil
        self.change = change
        self.threads = max(1, threads)
        base = try IndexBase(manifest, directory)
        self.manifest = manifest
        files = SegmentFiles(
            directory: directory, name: "segment-\(manifest.nextSegment)", fields: manifest.fieldNames,
            threads: self.threads, storesPositions: manifest.storesPositions == true)
        builder = SegmentBuilder(
            files, analyzer: analyzer, storeText: manifest.storesText, memory: max(1 << 16, memory))
    }

    init(
        directory: any Directory, options: IndexOptions, replacement: FolderReplacement?, locks: [DirectoryLock] = [],
        segmentName: String = "segment-1"
    ) throws {
        let analyzer = try Analyzer(options.analyzer)
        self.locks = locks + [try directory.lock(IndexFormat.lockName)]
        if try directory.contains(IndexFormat.manifestName) {
            throw StorageError.alreadyExists(path: directory.path)
        }
        manifest = Manifest(
            format: Int(IndexFormat.version), generation: 0, analyzer: analyzer.identity,
            storesText: options.storeText, storesPositions: options.positions ? true : nil, fields: options.fields,
            segments: [], nextSegment: 1)
        if let shard = options.shard {
            manifest.shard = ShardRecord(shard: shard, inputs: "", options: try manifest.optionsDigest)
        }
        intake = ShardIntake(new: manifest.shard)
        try Self.removeLeftovers(directory, besides: manifest)
        self.directory = directory
        self.replacement = replacement
        change = .append
        threads = options.threads
        files = SegmentFiles(
            directory: directory, name: segmentName, fields: manifest.fieldNames, threads: options.threads,
            storesPositions: options.positions)
        builder = SegmentBuilder(files, analyzer: analyzer, storeText: options.storeText, memory: options.memory)
    }

    deinit {
        // What was not committed goes at once; where that fails, the next writer removes it.
        if !isEnded, replacement == nil { try? Self.removeLeftovers(directory, besides: manifest) }
    }

    /// Removes the files of writers that are not part of a commit.
    private static func removeLeftovers(_ directory: any Directory, besides manifest: Manifest) throws {
        let names = Set(manifest.segments.flatMap(\.files).map(\.name))
        for name in try directory.list() where IndexFormat.isWritersFile(name) && !names.contains(name) {
            try directory.delete(name)
        }
    }

    /// The number of documents added so far.
    public var documentCount: Int { builder.documentCount }

    /// The number of documents of the last commit that were deleted or replaced so far.
    public private(set) var deletedCount = 0

    /// Adds documents after those that were added before.
    ///
    /// Throws `InputErrors` that name up to 20 ids which are in the index already, unless documents replace those of their id. After an
    /// error the writer is of no further use.
    public func add(_ documents: [Document]) throws {
        precondition(!isEnded, "no document is added after the commit")
        let documents = try intake.own(documents, as: change == .update ? "update" : "append")
        if base != nil {
            var errors = InputErrors()
            for document in documents {
                switch change {
                case .update: deletedCount += try base?.delete(document.id) == true ? 1 : 0
                case .append:
                    if try base?.place(of: document.id) == nil { continue }
                    let error = InputError(
                        source: directory.path, problem: "the index already holds a document '\(document.id)'",
                        remedy: "update the index to replace it, or give the document another id")
                    if !errors.add(error) { throw errors }
                }
            }
            try errors.throwIfAny()
        }
        try builder.add(documents)
    }

    /// Deletes the documents of these ids from those of the last commit; returns the number of ids that were not there.
    ///
    /// Ids of other shards are passed over.
    @discardableResult
    public func delete(_ ids: some Sequence<DocumentID>) throws -> Int {
        precondition(!isEnded, "no document is deleted after the commit")
        var unknown = 0
        for id in ids {
            guard try intake.ownsDeletion(of: id) else { continue }
            if try base?.delete(id) == true { deletedCount += 1 } else { unknown += 1 }
        }
        return unknown
    }

    /// Lets the commit bring all documents into one segment without a trace of deleted ones.
    public func compact() { isCompacting = true }

    /// Completes the change and makes it durable and visible, all of it in one step; where nothing changes, nothing is written.
    ///
    /// Throws `InputErrors` that name up to 20 ids that were added twice.
    public func commit() throws -> IndexSummary {
        try commit(hasSegment: base == nil || builder.documentCount > 0) { _ in try builder.finish() }
    }

    /// Makes a new index of a segment whose files `write` writes; no document was added.
    func commit(_ write: (SegmentFiles) throws -> Manifest.Segment) throws -> IndexSummary {
        precondition(base == nil && builder.documentCount == 0, "a segment comes in place of documents")
        return try commit(hasSegment: true, write)
    }

    private func commit(
        hasSegment: Bool, _ write: (SegmentFiles) throws -> Manifest.Segment
    ) throws -> IndexSummary {
        precondition(!isEnded, "an index is committed once")
        var next = manifest
        next.shard = intake.outcome
        var fresh: Manifest.Segment?
        if hasSegment {
            fresh = try write(files)
            next.nextSegment += 1
        }
        let commit = IndexCommit(directory: directory, threads: threads, base: base, compact: isCompacting)
        guard let prepared = try commit.prepare(fresh, into: next) else {
            isEnded = true
            locks = []
            return IndexSummary(manifest)
        }
        // From here on it is not known which of both the directory holds, so nothing may be removed.
        isEnded = true
        try prepared.commit(to: directory)
        try replacement?.commit()
        // The commit is durable; what cannot be removed now is removed by the next writer.
        if base != nil, (try? Self.removeLeftovers(directory, besides: prepared)) != nil { try? directory.sync() }
        locks = []
        return IndexSummary(prepared)
    }
}
