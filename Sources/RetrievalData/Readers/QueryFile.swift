/// The queries of a file, checked as a whole when the value is made and read anew, batch by batch, whenever they are gone through.
///
/// So an error in the last line is known before any work was done. Memory does not grow with the number of queries, but for the ids
/// while the file is checked. Standard input and pipes can be read only once: their queries are held.
public struct QueryFile: Sendable {
    /// The number of queries.
    public let count: Int
    private let path: String
    private let held: [Query]?

    /// Checks what `QueryReader` reads; throws as it does.
    public init(_ path: String) throws {
        self.path = path
        let file = try QueryReader.file(of: path)
        if file != "-", PathKind.isRegularFile(file) {
            var count = 0
            try QueryReader.read(path) { count += $0.count }
            self.count = count
            held = nil
        } else {
            let queries = try QueryReader.read(path)
            count = queries.count
            held = queries
        }
    }

    /// Queries that are there already.
    public init(_ queries: [Query]) {
        path = ""
        held = queries
        count = queries.count
    }

    /// Goes through the queries in the order of the file, up to `batch` at a time; each line is checked again.
    public func forEachBatch(_ batch: Int = 1024, _ each: ([Query]) throws -> Void) throws {
        guard let held else {
            return try QueryReader.read(path, batch: batch, findsDuplicates: false, each: each)
        }
        var start = 0
        while start < held.count {
            let end = min(start + max(batch, 1), held.count)
            try each(Array(held[start..<end]))
            start = end
        }
    }
}
