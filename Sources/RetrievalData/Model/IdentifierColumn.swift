/// Ids one after another in one block of bytes.
struct IdentifierColumn: Sendable {
    private var bytes: [UInt8] = []
    /// Where each id ends in `bytes`.
    private var ends: [Int] = []

    /// The number of ids.
    var count: Int { ends.count }

    /// The id at a place.
    subscript(place: Int) -> String { withBytes(of: place) { String(decoding: $0, as: UTF8.self) } }

    /// Adds an id.
    @inline(__always)
    mutating func append(_ id: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: id)
        ends.append(bytes.count)
    }

    /// Forgets all ids and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Runs a step on the bytes of an id.
    @inline(__always)
    func withBytes<Result>(of place: Int, _ step: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let begin = place == 0 ? 0 : ends[place - 1]
            return step(UnsafeBufferPointer(rebasing: bytes[begin..<ends[place]]))
        }
    }

    /// Whether the id at a place is the same as another.
    @inline(__always)
    func isSame(_ place: Int, _ id: UnsafeBufferPointer<UInt8>) -> Bool {
        withBytes(of: place) { IdentifierBytes.areSame($0, id) }
    }

    /// Below, at or above 0 as the id at one place stands before, at or behind that at another in byte order.
    func compare(_ one: Int, _ other: Int) -> Int {
        withBytes(of: one) { one in withBytes(of: other) { IdentifierBytes.compare(one, $0) } }
    }
}
