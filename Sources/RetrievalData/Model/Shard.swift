/// One of several parts of a corpus that tasks on one or many machines work on apart.
///
/// A document belongs to the part that its id's hash names (FNV-1a of the UTF-8, 64 bits, mixed): neither the order of documents nor the
/// process matters.
public struct Shard: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The number of the part, from 0.
    public let index: Int
    /// How many parts there are.
    public let count: Int

    /// The most parts that a corpus is cut into.
    public static let limit = 1_000_000

    /// A part; nil where the number is not below the count, or the count is out of range.
    public init?(index: Int, count: Int) {
        guard (1...Self.limit).contains(count), (0..<count).contains(index) else { return nil }
        self.index = index
        self.count = count
    }

    /// Reads `I/N`; nil where it is no shard.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
        self.init(index: index, count: count)
    }

    /// Whether a document belongs to this part.
    public func contains(_ id: DocumentID) -> Bool { Self.number(of: id, count: count) == index }

    /// The number of the part that a document belongs to.
    public static func number(of id: DocumentID, count: Int) -> Int {
        // Mixed: the lowest bits of FNV-1a alone depend on those of the bytes.
        Int(StableHash.mix(StableHash.fnv1a64(id)) % UInt64(count))
    }

    /// `I/N`.
    public var description: String { "\(index)/\(count)" }
}
