/// A shard that does not fit what is at hand.
public enum ShardError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A change must say of which shard, as every task reads the whole change.
    case unnamed(path: String, shard: Shard)
    /// The output is another part, or no part at all.
    case other(path: String, shard: Shard?, given: Shard)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unnamed(let path, let shard):
            """
            \(path): holds shard \(shard); change it with --shard \(shard) and the changes of all shards: those of others are \
            passed over
            """
        case .other(let path, let shard?, let given):
            "\(path): holds shard \(shard), not \(given); name the folder of shard \(given)"
        case .other(let path, nil, let given):
            "\(path): is no shard, so it cannot be changed as shard \(given); leave --shard out, or build it with --shard"
        }
    }
}
