/// The queries of a file, checked as a whole when the value is made and read anew, batch by batch, whenever they are gone through.
///
/// So an error in the last line is known before any work was done. Memory does not grow with the number of queries, but for the ids
/// while the file is checked. Standard input and pipes can be read only once: their queries are held.
public struct QueryFile: Sendable {
    /// The number of queries.
    public let count: Int
    private let path: String
    private let held: [Query]?
    private let kept: Set<QueryID>?

    /// Checks what `QueryReader` reads; throws as it does.
    ///
    /// With `keeping`, queries with other ids are checked and passed over: `count` and batches are those of the rest.
    public init(_ path: String, keeping kept: Set<QueryID>? = nil) throws {
        self.path = path
        self.kept = kept
        let file = try QueryReader.file(of: path)
        if file != "-", PathKind.isRegularFile(file) {
            var count = 0
            try QueryReader.read(path) { count += Self.kept($0, kept).count }
            self.count = count
            held = nil
        } else {
            let queries = Self.kept(try QueryReader.read(path), kept)
            count = queries.count
            held = queries
        }
    }

    /// Queries that are there already.
    public init(_ queries: [Query]) {
        path = ""
        kept = nil
        held = queries
        count = queries.count
    }

    /// Goes through the queries in the order of the file, up to `batch` at a time; each line is checked again.
    public func forEachBatch(_ batch: Int = 1024, _ each: ([Query]) throws -> Void) throws {
        guard let held else {
            guard kept != nil else {
                return try QueryReader.read(path, batch: batch, findsDuplicates: false, each: each)
            }
            var waiting: [Query] = []
            try QueryReader.read(path, batch: batch, findsDuplicates: false) { read in
                waiting += Self.kept(read, kept)
                while waiting.count >= max(batch, 1) {
                    try each(Array(waiting.prefix(max(batch, 1))))
                    waiting.removeFirst(max(batch, 1))
                }
            }
            if !waiting.isEmpty { try each(waiting) }
            return
        }
        var start = 0
        while start < held.count {
            let end = min(start + max(batch, 1), held.count)
            try each(Array(held[start..<end]))
            start = end
        }
    }

    private static func kept(_ queries: [Query], _ kept: Set<QueryID>?) -> [Query] {
        kept.map { kept in queries.filter { kept.contains($0.id) } } ?? queries
    }
}
