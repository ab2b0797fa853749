/// One thing wrong with an input: where, what, and how to mend it.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it; `<stdin>` for standard input.
    public var source: String
    /// The 1-based line; nil where the whole file is meant.
    public var line: Int?
    /// What is wrong.
    public var problem: String
    /// What would be right, or what to do.
    public var remedy: String

    /// An input error from its parts.
    public init(source: String, line: Int? = nil, problem: String, remedy: String) {
        self.source = source
        self.line = line
        self.problem = problem
        self.remedy = remedy
    }

    /// `source:line: problem; remedy`.
    public var description: String {
        let place = line.map { "\(source):\($0)" } ?? source
        return remedy.isEmpty ? "\(place): \(problem)" : "\(place): \(problem); \(remedy)"
    }
}

/// Up to 20 input errors, collected before a reader gives up.
public struct InputErrors: Error, Sendable, CustomStringConvertible {
    /// The number of errors that are kept.
    public static let limit = 20

    /// The errors in the order of the input.
    public private(set) var errors: [InputError] = []
    /// Whether reading stopped early because the limit was reached.
    public private(set) var truncated = false

    /// No errors yet.
    public init() {}

    /// One error alone.
    public init(_ error: InputError) { errors = [error] }

    /// Whether nothing was wrong.
    public var isEmpty: Bool { errors.isEmpty }

    /// Adds an error and returns whether there is room for more; stop reading when it returns false.
    public mutating func add(_ error: InputError) -> Bool {
        errors.append(error)
        truncated = errors.count >= Self.limit
        return !truncated
    }

    /// Throws itself if there is any error.
    public func throwIfAny() throws {
        if !isEmpty { throw self }
    }

    /// One error a line.
    public var description: String {
        var lines = errors.map(\.description)
        if truncated { lines.append("(stopped after \(Self.limit) errors)") }
        return lines.joined(separator: "\n")
    }
}

/// A file that could not be read at all.
public enum FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is nothing at that path.
    case notFound(path: String)
    /// A dataset has judgements, and none of a split.
    case noSplit(name: String, dataset: String, known: [String])
    /// Something is there and cannot be read.
    case unreadable(path: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .notFound(let path): "\(path): no such file or folder; check the path"
        case .noSplit(let name, let dataset, let known):
            known.isEmpty
                ? "\(dataset)/qrels/\(name).tsv: no such split; the dataset has no qrels: add that file, with lines query-id<TAB>corpus-id<TAB>score"
                : "\(dataset)/qrels/\(name).tsv: no such split; the dataset has \(known.joined(separator: ", "))"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason); check the disk and who may read it"
        }
    }
}
