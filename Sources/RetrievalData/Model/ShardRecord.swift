/// What the output of one task says of itself: its part of a corpus, which corpus that was, and by which options it was made.
///
/// Outputs belong together where all but the number of the part is equal. As JSON an object with `shard`, `count`, `inputs`, `options` and,
/// where it was changed, `change`.
public struct ShardRecord: Sendable, Hashable, Codable {
    /// The part.
    public var shard: Shard
    /// The hash of all documents that the tasks read, those of other parts among them (`InputDigest`).
    public var inputs: String
    /// The hash of the options on which the output depends.
    public var options: String
    /// The hash of the last change; nil before the first.
    public var change: String?

    private enum Key: String, CodingKey { case shard, count, inputs, options, change }

    /// A record from its parts.
    public init(shard: Shard, inputs: String, options: String, change: String? = nil) {
        self.shard = shard
        self.inputs = inputs
        self.options = options
        self.change = change
    }

    /// Reads a record; throws `DecodingError` where the shard is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let index = try container.decode(Int.self, forKey: .shard)
        guard let shard = Shard(index: index, count: try container.decode(Int.self, forKey: .count)) else {
            throw DecodingError.dataCorruptedError(forKey: .shard, in: container, debugDescription: "no shard")
        }
        self.shard = shard
        inputs = try container.decode(String.self, forKey: .inputs)
        options = try container.decode(String.self, forKey: .options)
        change = try container.decodeIfPresent(String.self, forKey: .change)
    }

    /// Writes the record.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(shard.index, forKey: .shard)
        try container.encode(shard.count, forKey: .count)
        try container.encode(inputs, forKey: .inputs)
        try container.encode(options, forKey: .options)
        try container.encodeIfPresent(change, forKey: .change)
    }

    /// Takes up a change that was read as a whole, whatever of it fell to this part; the same change once more is none.
    public mutating func apply(change digest: InputDigest) {
        if change == digest.text { return }
        change = digest.text
        var next = InputDigest()
        next.add(inputs)
        next.add(digest.text)
        inputs = next.text
    }
}
