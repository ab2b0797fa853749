/// Which shards an output covers: one, or those that were merged.
///
/// As JSON an object with `shards` (ascending), `count`, `inputs` and `options`.
public struct ShardCoverage: Sendable, Hashable, Codable {
    /// The numbers of the shards, ascending.
    public private(set) var shards: [Int]
    /// How many there are in all.
    public let count: Int
    /// The hash of all documents that the tasks read.
    public let inputs: String
    /// The hash of the options on which the outputs depend.
    public let options: String

    private enum Key: String, CodingKey { case shards, count, inputs, options }

    /// The one shard of a record.
    public init(_ record: ShardRecord) {
        shards = [record.shard.index]
        count = record.shard.count
        inputs = record.inputs
        options = record.options
    }

    /// The same shards under other options.
    public init(_ coverage: ShardCoverage, options: String) {
        shards = coverage.shards
        count = coverage.count
        inputs = coverage.inputs
        self.options = options
    }

    /// Reads a coverage; throws `DecodingError` where the numbers cannot be true.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        shards = try container.decode([Int].self, forKey: .shards)
        count = try container.decode(Int.self, forKey: .count)
        inputs = try container.decode(String.self, forKey: .inputs)
        options = try container.decode(String.self, forKey: .options)
        guard (1...Shard.limit).contains(count), !shards.isEmpty, shards.allSatisfy((0..<count).contains),
            zip(shards, shards.dropFirst()).allSatisfy(<)
        else {
            throw DecodingError.dataCorruptedError(forKey: .shards, in: container, debugDescription: "no shards")
        }
    }

    /// Whether no shard is missing.
    public var isComplete: Bool { shards.count == count }

    /// The shards that are not covered.
    public var missing: [Int] {
        let covered = Set(shards)
        return (0..<count).filter { !covered.contains($0) }
    }

    /// Whether a shard's output is among those that are covered, but for options.
    public func covers(_ record: ShardRecord) -> Bool {
        count == record.shard.count && inputs == record.inputs && shards.contains(record.shard.index)
    }

    /// `0, 1, 7`, of many the first ones.
    public static func list(_ shards: [Int]) -> String {
        shards.prefix(20).map(String.init).joined(separator: ", ") + (shards.count > 20 ? ", …" : "")
    }

    /// What files cover together, in whatever order they are given.
    ///
    /// Throws `InputErrors` that name files which do not belong to the first, which repeat a shard, and, unless `partial`, missing shards.
    public static func union(
        _ parts: [(name: String, coverage: ShardCoverage)], partial: Bool
    ) throws -> ShardCoverage {
        guard let (firstName, first) = parts.first else {
            throw InputErrors(InputError(source: "merge", problem: "no file", remedy: "name the files of the shards"))
        }
        var errors = InputErrors()
        var owners: [Int: String] = [:]
        for (name, coverage) in parts {
            if let problem = first.difference(from: coverage, called: firstName) {
                let error = InputError(
                    source: name, problem: problem,
                    remedy: "leave it out, or run its shards (\(list(coverage.shards))) again like the others")
                if !errors.add(error) { throw errors }
                continue
            }
            for shard in coverage.shards {
                guard let owner = owners.updateValue(name, forKey: shard) else { continue }
                let error = InputError(
                    source: name, problem: "shard \(shard) of \(first.count) is in \(owner) already",
                    remedy: "leave one of both out")
                if !errors.add(error) { throw errors }
            }
        }
        try errors.throwIfAny()
        var union = first
        union.shards = owners.keys.sorted()
        if !partial, !union.isComplete {
            throw InputErrors(
                InputError(
                    source: parts.count == 1 ? firstName : "\(firstName) and \(parts.count - 1) more",
                    problem: "of \(first.count) shards these are missing: \(list(union.missing))",
                    remedy: "run them and name their files too, or say --partial to merge what is there"))
        }
        return union
    }

    /// Why another's shards are no parts of the same whole; nil where they are.
    private func difference(from other: ShardCoverage, called name: String) -> String? {
        if other.count != count { return "it is of \(other.count) shards, and \(name) of \(count)" }
        if other.inputs != inputs { return "it was made of other documents (\(other.inputs)) than \(name) (\(inputs))" }
        if other.options != options {
            return "it was made with other options (\(other.options)) than \(name) (\(options))"
        }
        return nil
    }
}
