import Decoy
import DurableStorage

/// Statistics of all shards for a search of one of them.
enum GlobalStatistics {
    /// Opens a file of statistics; throws `InputErrors` where the index is no shard, or not one that they cover.
    static func open(_ path: String, for reader: IndexReader) throws -> ShardStatistics {
        let statistics = try ShardStatistics(path: path)
        func refuse(_ problem: String, _ remedy: String) -> InputErrors {
            InputErrors(InputError(source: path, problem: problem, remedy: remedy))
        }
        guard let record = reader.summary.shard else {
            throw refuse(
                "\(reader.path) is no shard, and has statistics of its own",
                "leave --global-stats out, or build the index with decoy index --shard I/N")
        }
        let coverage = statistics.coverage
        guard coverage.options == record.options else {
            throw refuse(
                "made with other options (\(coverage.options)) than \(reader.path) (\(record.options))",
                "collect them anew of indexes with the same options (decoy stats, decoy stats merge)")
        }
        guard coverage.covers(record) else {
            let shards = "shards \(ShardCoverage.list(coverage.shards)) of \(coverage.count), inputs \(coverage.inputs)"
            throw refuse(
                "covers \(shards); \(reader.path) is shard \(record.shard), inputs \(record.inputs)",
                "collect them anew of all shards (decoy stats, decoy stats merge)")
        }
        return statistics
    }
}
