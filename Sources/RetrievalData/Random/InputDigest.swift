/// A hash of what was read, in its order: 64 bits of FNV-1a over texts, each after its length.
///
/// It depends on what documents hold and not on how their file was written: a compressed copy has the same. Not fit against an adversary.
public struct InputDigest: Sendable {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Of nothing yet.
    public init() {}

    /// Adds a text.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            add(UInt64(bytes.count))
            for byte in bytes { add(byte) }
        }
    }

    /// Adds a document: id, title, text, metadata.
    public mutating func add(_ document: Document) {
        add(document.id)
        add(document.title)
        add(document.text)
        add(document.metadata ?? "")
    }

    /// Adds a query: id, text.
    public mutating func add(_ query: Query) {
        add(query.id)
        add(query.text)
    }

    /// Sixteen hexadecimal digits.
    public var text: String {
        let digits = String(StableHash.mix(hash), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func add(_ count: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: count >> UInt64(shift))) }
    }

    private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
}
