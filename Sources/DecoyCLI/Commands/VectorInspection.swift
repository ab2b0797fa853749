import Decoy

/// What is in a vector folder: what it says of itself, and how much its graph finds.
struct VectorInspection: Encodable {
    private enum Key: String, CodingKey { case recall }

    var record: VectorRecord
    var recall: GraphRecall?

    init(path: String, threads: Int) throws {
        let index = try FlatVectorIndex(path: path)
        record = index.record
        recall = index.graphRecall(threads: threads)
    }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(recall, forKey: .recall)
    }

    /// Lines for a person.
    func lines(_ path: String) -> [String] {
        var lines = [
            "vectors          \(path)",
            "documents        \(record.rows)",
            "dimensions       \(record.dimension)",
            "precision        \(record.precision.rawValue)",
            "size             \(ByteSize(bytes: record.files.values.reduce(0) { $0 + $1.bytes }))",
            "model            query table \(record.model.queryTable), document table \(record.model.documentTable), "
                + "tokenizer \(record.model.tokenizer)",
        ]
        if let shard = record.shard {
            lines.append("shard            \(shard.shard), inputs \(shard.inputs), options \(shard.options)")
        }
        guard let graph = record.graph else { return lines + ["graph            none; every search is exact"] }
        lines.append(
            "graph            \(graph.links) links, built with breadth \(graph.buildBreadth), \(graph.upperLists) lists above the lowest layer"
        )
        guard let recall else { return lines }
        func percent(_ part: Double) -> String { "\((part * 1000).rounded() / 10) %" }
        return lines + [
            "recall@10        \(percent(recall.recallAt10)) of what exact search finds, with breadth \(recall.breadth)",
            "recall@100       \(percent(recall.recallAt100))",
            "                 measured with \(recall.queries) stored vectors as queries, each without itself, chosen with seed \(recall.seed)",
        ]
    }
}
