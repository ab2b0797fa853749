import DurableStorage
import NumericKernels
import RetrievalData

/// The `graph.safetensors` of a vector folder: tensors of 32-bit whole numbers, as `NearestGraph` has them.
enum GraphFile {
    static let name = "graph.safetensors"

    private static func tensors(_ record: GraphRecord, rows: Int) -> [(
        name: String, type: SafetensorsType, shape: [Int]
    )] {
        [
            ("base", .i32, [rows, 2 * record.links]),
            ("starts", .i32, [rows + 1]),
            ("upper", .i32, [record.upperLists, record.links]),
        ]
    }

    /// Opens a graph, mapped; throws `StorageError.corrupt` where it is not what the record says or leads out of the rows.
    ///
    /// Complexity: O(rows · links).
    static func read(_ file: MappedFile, _ record: GraphRecord, rows: Int) throws -> NearestGraph {
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.name, reason: reason) }
        guard GraphRecord.linkRange.contains(record.links), record.upperLists >= 0, record.upperLists <= Int(Int32.max),
            GraphRecord.breadthRange.contains(record.buildBreadth), rows < Int(Int32.max)
        else {
            throw corrupt(
                "recorded are \(record.links) links, a breadth of \(record.buildBreadth) and \(record.upperLists) lists"
            )
        }
        let tensors = try SafetensorsFile(file)
        let parts = try Self.tensors(record, rows: rows).map { try tensors.bytes($0.name, $0.type, shape: $0.shape) }
        guard
            let graph = NearestGraph(
                entry: record.entry, links: record.links, base: parts[0].unsafeBytes, starts: parts[1].unsafeBytes,
                upper: parts[2].unsafeBytes, owners: [file])
        else { throw corrupt("a link of the graph leads to a row that is not there") }
        return graph
    }

    /// Builds the graph of rows and writes it; the record gets what is known then.
    static func write(
        _ rows: StoredRows, _ record: inout GraphRecord, in directory: any Directory, progress: (Int) -> Void
    ) throws -> FileRecord {
        guard
            let lists = NearestGraph.build(
                rows, links: record.links, breadth: record.buildBreadth, progress: progress)
        else {
            throw InputError(
                source: "graph", problem: "there is no memory for a graph of \(rows.rows) vectors",
                remedy: "give fewer links, or search without a graph")
        }
        record.entry = lists.entry
        record.upperLists = lists.upper.count / record.links
        var output = try RecordedFile(name, in: directory)
        try output.write(SafetensorsWriter.header(tensors(record, rows: rows.rows)))
        for numbers in [lists.base, lists.starts, lists.upper] {
            // As they stand in memory, which is little-endian where vectors are read.
            try numbers.withUnsafeBytes { try output.write($0) }
        }
        return try output.finish()
    }
}
