/// The pieces of a model and their ids, told apart by their bytes; ids need not be without gaps.
struct PieceIndex: Sendable {
    private var pieces = ByteInterner()
    private var ids: [Int32] = []

    /// The number of ids, gaps included.
    private(set) var size = 0

    /// Adds a piece; of two that are the same the last one counts.
    mutating func add(_ piece: String, id: Int32) {
        let place = pieces.intern(piece.utf8)
        if place == ids.count { ids.append(id) } else { ids[place] = id }
        size = max(size, Int(id) + 1)
    }

    /// The id of a piece; nil where there is none.
    func id(_ piece: UnsafeBufferPointer<UInt8>) -> Int32? { pieces.find(piece).map { ids[$0] } }

    /// The id of a piece; nil where there is none.
    func id(_ piece: String) -> Int32? { Array(piece.utf8).withUnsafeBufferPointer { id($0) } }

    /// Calls `body` with each piece and its id.
    func forEach(_ body: (ArraySlice<UInt8>, Int32) -> Void) {
        for place in ids.indices { body(pieces.bytes(place), ids[place]) }
    }

    /// The ids of `<0x00>` to `<0xFF>`; nil for bytes that have no piece.
    var byteIDs: [Int32?] {
        (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return id("<0x\(digits.count < 2 ? "0" : "")\(digits)>")
        }
    }
}
