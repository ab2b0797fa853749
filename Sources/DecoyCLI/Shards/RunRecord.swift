import Decoy
import DurableStorage
import Essentials

/// What stands beside a run over shards, in `RUN.shard.json`: which shards it covers, and how they were searched.
struct RunRecord: Codable, Equatable {
    var coverage: ShardCoverage
    /// The documents that a query gets.
    var k: Int
    /// The hash of the queries, in their order.
    var queries: String
    /// The hash of the ids of those that were answered, in their order; nil where all were.
    var only: String?
    /// Whether scores are those of the whole, so that they compare with those of other shards.
    var isComparable: Bool
    /// Whether the documents of a smaller k are the first of those of a larger one; records of before say nothing of it.
    var isNested: Bool?
    /// The run's length and CRC-32C: a record of another run is none.
    var run: AtomicFile.Part
    /// The program's version.
    var version = DecoyVersion.current

    /// Where the record of a run stands.
    static func path(of run: String) -> String { run + ".shard.json" }

    /// Removes a record, before another run takes the place of the one that it is of.
    static func remove(besides run: String) throws {
        let url = URL(fileURLWithPath: path(of: run))
        guard let directory = try? FileSystemDirectory(path: url.deletingLastPathComponent().path) else { return }
        if try directory.contains(url.lastPathComponent) { try directory.delete(url.lastPathComponent) }
    }

    /// Writes the record beside its run; nowhere where the run went to a device or a pipe.
    func write(besides run: String) throws {
        let place = URL(fileURLWithPath: run).resolvingSymlinksInPath().path
        guard try FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType == .typeRegular
        else { return }
        try AtomicFile.write(path: Self.path(of: run)) { try $0.write(JSONOutput.text(self) + "\n") }
    }

    /// The record beside a run; nil where there is none.
    ///
    /// Throws `StorageError.corrupt` where it is damaged, or the run is not the one that it is of.
    static func read(besides run: String) throws -> RunRecord? {
        let path = path(of: run)
        let mapped: MappedFile
        do {
            mapped = try MappedFile(path: path)
        } catch StorageError.notFound {
            return nil
        }
        let bytes = mapped.withUnsafeBytes { Data($0) }
        guard let record = try? JSONDecoder().decode(RunRecord.self, from: bytes), record.k >= 1 else {
            throw StorageError.corrupt(file: path, reason: "it is no record of a run; search that shard again")
        }
        let file = try MappedFile(path: run)
        let checksum = file.withUnsafeBytes(CRC32C.checksum)
        guard record.run == AtomicFile.Part(bytes: file.count, checksum: checksum) else {
            throw StorageError.corrupt(
                file: run, reason: "it is not the run that \(path) was written for; search that shard again")
        }
        return record
    }
}

extension RunRecord {
    /// The record of a search that has not been made yet.
    struct Draft {
        private let coverage: ShardCoverage
        private let k: Int
        private let isComparable: Bool
        private let isNested: Bool

        /// What a search of a shard says of itself; nil where no shard is searched, or the result goes to no file of its own.
        init?(_ command: SearchCommand, _ opened: RetrieverOptions.Opened, format: HitFormat) throws {
            guard command.output != "-", format != .table, let shard = opened.shard else { return nil }
            var digest = InputDigest()
            digest.add(shard.options)
            let bm25 = try command.retrieval.bm25.resolved().similarity
            digest.add("\(bm25.variant.rawValue) \(bm25.k1) \(bm25.b) \(bm25.delta)")
            digest.add(command.retrieval.stages.filter ?? "")
            digest.add(
                "\(command.phrases) \(command.excludeQueryID) \(command.retrieval.exact) \(command.retrieval.searchBreadth ?? 0) \(format.rawValue)"
            )
            digest.add(command.tag ?? opened.retriever.name)
            if let statistics = opened.statistics { digest.add("\(statistics.seal.size) \(statistics.seal.checksum)") }
            coverage = ShardCoverage(ShardCoverage(shard), options: digest.text)
            k = command.k
            isComparable = opened.statistics != nil || opened.documents == nil
            isNested = opened.statistics != nil
        }

        /// The record of the run that came of it.
        func record(of run: AtomicFile.Part, queries: String, only: String?) -> RunRecord {
            RunRecord(
                coverage: coverage, k: k, queries: queries, only: only, isComparable: isComparable, isNested: isNested,
                run: run)
        }
    }
}
