import Decoy
import DurableStorage
import Essentials

/// The outputs of shards in a folder, put together: what is complete, and what must run again.
struct ShardSurvey: Encodable {
    /// What an output is.
    enum Kind: String, Encodable, CaseIterable {
        case index, vectors, stats, run
        /// Runs of some of the queries (`decoy search --only`).
        case runOfSome = "run --only"
    }

    /// One output.
    struct Output: Encodable {
        var kind: Kind
        var path: String
        var coverage: ShardCoverage
    }

    /// The outputs of one kind that belong together.
    struct Group: Encodable {
        var kind: Kind
        var count: Int
        var inputs: String
        var options: String
        /// The outputs by path.
        var outputs: [Output]
        /// The shards that none of them covers.
        var missing: [Int]
        /// The shards of which two outputs are alone.
        var repeated: [Int]
    }

    /// An output that cannot be used.
    struct Problem: Encodable {
        var path: String
        var reason: String
    }

    /// One group of each kind.
    var groups: [Group] = []
    /// Outputs that do not belong to the group of their kind.
    var foreign: [Problem] = []
    /// Outputs that are damaged.
    var damaged: [Problem] = []

    /// Whether nothing must run again.
    var isComplete: Bool {
        damaged.isEmpty && foreign.isEmpty && groups.allSatisfy { $0.missing.isEmpty && $0.repeated.isEmpty }
    }

    private enum Key: String, CodingKey { case complete, groups, foreign, damaged }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(isComplete, forKey: .complete)
        try container.encode(groups, forKey: .groups)
        try container.encode(foreign, forKey: .foreign)
        try container.encode(damaged, forKey: .damaged)
    }

    /// Looks at a folder and the folders in it; where `verifies`, at every byte of what is found.
    init(_ folder: String, verifies: Bool = false) throws {
        var outputs: [Output] = []
        for path in try Self.entries(folder) {
            do {
                guard let output = try Self.output(path) else { continue }
                if verifies { try Self.verify(output) }
                outputs.append(output)
            } catch {
                damaged.append(Problem(path: path, reason: "\(error)"))
            }
        }
        var inputs: String?
        for kind in Kind.allCases {
            let ofKind = Dictionary(grouping: outputs.filter { $0.kind == kind }) { Identity($0.coverage) }
            // The largest group; of two as large the one that belongs to the kinds before, then the first by its hashes.
            let best = ofKind.max { one, other in
                func rank(_ entry: (key: Identity, value: [Output])) -> (Int, Int) {
                    (Set(entry.value.flatMap(\.coverage.shards)).count, entry.key.inputs == inputs ? 1 : 0)
                }
                return rank(one) != rank(other) ? rank(one) < rank(other) : one.key.text > other.key.text
            }
            guard let (identity, members) = best else { continue }
            groups.append(Self.group(kind, identity, members))
            let others = ofKind.filter { $0.key != identity }.values.joined()
            for output in others.sorted(by: { $0.path < $1.path }) {
                foreign.append(Problem(path: output.path, reason: identity.difference(from: Identity(output.coverage))))
            }
            if let inputs, inputs != identity.inputs {
                for output in members.sorted(by: { $0.path < $1.path }) {
                    foreign.append(
                        Problem(path: output.path, reason: "made of other documents than \(groups[0].kind.rawValue)"))
                }
            }
            inputs = inputs ?? identity.inputs
        }
    }

    /// What the outputs of one whole have in common.
    private struct Identity: Hashable {
        var count: Int
        var inputs: String
        var options: String
        var text: String { "\(count) \(inputs) \(options)" }

        init(_ coverage: ShardCoverage) {
            (count, inputs, options) = (coverage.count, coverage.inputs, coverage.options)
        }

        func difference(from other: Identity) -> String {
            if other.count != count { return "of \(other.count) shards, the others of \(count)" }
            if other.inputs != inputs { return "made of other documents (\(other.inputs)) than the others (\(inputs))" }
            return "made with other options (\(other.options)) than the others (\(options))"
        }
    }

    private static func group(_ kind: Kind, _ identity: Identity, _ outputs: [Output]) -> Group {
        let covered = Set(outputs.flatMap(\.coverage.shards))
        var seen: Set<Int> = []
        var repeated: Set<Int> = []
        for output in outputs where output.coverage.shards.count == 1 && identity.count > 1 {
            let shard = output.coverage.shards[0]
            if !seen.insert(shard).inserted { repeated.insert(shard) }
        }
        return Group(
            kind: kind, count: identity.count, inputs: identity.inputs, options: identity.options,
            outputs: outputs.sorted { $0.path < $1.path },
            missing: (0..<identity.count).filter { !covered.contains($0) }, repeated: repeated.sorted())
    }

    /// The entries of a folder and of the folders in it that hold no output themselves, by path.
    private static func entries(_ folder: String) throws -> [String] {
        var paths: [String] = []
        for name in try FileSystemDirectory(path: folder).list() where !name.hasPrefix(".") {
            let path = folder + "/" + name
            paths.append(path)
            guard let within = try? FileSystemDirectory(path: path), !isOutputFolder(path) else { continue }
            paths += try within.list().filter { !$0.hasPrefix(".") }.map { path + "/" + $0 }
        }
        return paths
    }

    private static func has(_ path: String, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + name)
    }

    private static func isOutputFolder(_ path: String) -> Bool {
        has(path, "manifest") || has(path, "vectors.safetensors") || has(path, "modules.json")
    }

    /// Throws where a byte of an output is not what was written; of a run that was seen when it was found.
    private static func verify(_ output: Output) throws {
        switch output.kind {
        case .index:
            let report = try IndexCheck.check(path: output.path)
            if let problem = report.problems.first { throw StorageError.corrupt(file: output.path, reason: problem) }
        case .vectors: try FlatVectorIndex(path: output.path).verify()
        case .stats: try ShardStatistics(path: output.path).verify()
        case .run, .runOfSome: break
        }
    }

    /// What a path holds; nil where it is nothing of a shard.
    private static func output(_ path: String) throws -> Output? {
        if path.hasSuffix(".partial") { return nil }
        if has(path, "manifest") {
            return try IndexReader(path: path).summary.shard.map {
                Output(kind: .index, path: path, coverage: ShardCoverage($0))
            }
        }
        if has(path, "vectors.safetensors") {
            return try FlatVectorIndex(path: path).record.shard.map {
                Output(kind: .vectors, path: path, coverage: ShardCoverage($0))
            }
        }
        if (try? FileSystemDirectory(path: path)) != nil { return nil }
        if path.hasSuffix(RunRecord.path(of: "")) {
            let run = String(path.dropLast(RunRecord.path(of: "").count))
            return try RunRecord.read(besides: run).map {
                Output(kind: $0.only == nil ? .run : .runOfSome, path: run, coverage: $0.coverage)
            }
        }
        if path.hasSuffix(".stats") || ShardStatistics.isPresent(at: path) {
            return Output(kind: .stats, path: path, coverage: try ShardStatistics(path: path).coverage)
        }
        return nil
    }
}
