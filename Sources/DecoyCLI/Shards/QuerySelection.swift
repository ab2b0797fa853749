import Decoy

/// The queries of a file of which a file of ids names some.
struct QuerySelection {
    /// The hash of the ids of those that were taken, in their order.
    private(set) var digest = InputDigest()
    /// How many ids there are.
    let count: Int
    private let path: String
    private var waiting: Set<QueryID>

    /// Reads ids, one a line.
    init(_ path: String) throws {
        self.path = path
        waiting = Set(try IdentifierReader.read(path, noun: "query"))
        count = waiting.count
    }

    /// The queries of a batch that are among them.
    mutating func take(from batch: [Query]) -> [Query] {
        var taken: [Query] = []
        for query in batch where waiting.remove(query.id) != nil {
            digest.add(query.id)
            taken.append(query)
        }
        return taken
    }

    /// Throws `InputErrors` where an id was of none of the queries.
    func finish(_ queries: String) throws {
        guard let id = waiting.min() else { return }
        throw InputErrors(
            InputError(
                source: path, problem: "\(waiting.count) ids, such as \(id), are of no query of \(queries)",
                remedy: "name the file of queries that they are from"))
    }
}
