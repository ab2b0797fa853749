/// All pieces by their bytes, for the greedy longest match: one root for pieces that begin a word, one for those that continue it.
struct PieceTrie: Sendable {
    /// Open addressing: `(node + 1) << 8 | byte`, 0 for a free slot.
    private var keys: [UInt32]
    private var children: [UInt32]
    /// The id of the piece that ends at a node; -1 where none does.
    private var ids: [Int32] = [-1, -1]
    private var used = 0

    static let beginning: UInt32 = 0
    static let continuation: UInt32 = 1

    /// All pieces of a vocabulary, whole where a word begins; `prefix` marks those that continue one.
    init(_ index: PieceIndex, continuingPrefix prefix: String) {
        keys = [UInt32](repeating: 0, count: 1 << 12)
        children = keys
        let prefix = Array(prefix.utf8)
        index.forEach { piece, id in
            if !piece.isEmpty { insert(piece, at: Self.beginning, id: id) }
            if piece.count > prefix.count, piece.starts(with: prefix) {
                insert(piece.dropFirst(prefix.count), at: Self.continuation, id: id)
            }
        }
    }

    /// Calls `body` with end and id of each piece that begins at `start`, the shortest first.
    @inline(__always)
    func forEachPiece(
        in text: UnsafeBufferPointer<UInt8>, at start: Int, _ body: (_ end: Int, _ id: Int32) -> Void
    ) {
        var node = Self.beginning
        var i = start
        while i < text.count, let next = child(of: node, text[i]) {
            node = next
            i &+= 1
            if ids[Int(node)] >= 0 { body(i, ids[Int(node)]) }
        }
    }

    private mutating func insert(_ bytes: ArraySlice<UInt8>, at root: UInt32, id: Int32) {
        var node = root
        for byte in bytes {
            if let next = child(of: node, byte) {
                node = next
            } else {
                let next = UInt32(ids.count)
                ids.append(-1)
                add(key(node, byte), child: next)
                node = next
            }
        }
        ids[Int(node)] = id
    }

    @inline(__always) private func key(_ node: UInt32, _ byte: UInt8) -> UInt32 { (node + 1) << 8 | UInt32(byte) }

    @inline(__always) private func slot(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) &>> 32) & (keys.count &- 1)
    }

    @inline(__always) private func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
        let wanted = key(node, byte)
        var slot = slot(wanted)
        while keys[slot] != 0 {
            if keys[slot] == wanted { return children[slot] }
            slot = (slot &+ 1) & (keys.count &- 1)
        }
        return nil
    }

    private mutating func add(_ key: UInt32, child: UInt32) {
        if (used + 1) * 2 > keys.count { grow() }
        place(key, child)
        used += 1
    }

    private mutating func place(_ key: UInt32, _ child: UInt32) {
        var slot = slot(key)
        while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        children[slot] = child
    }

    private mutating func grow() {
        let old = zip(keys, children)
        keys = [UInt32](repeating: 0, count: keys.count * 2)
        children = keys
        for (key, child) in old where key != 0 { place(key, child) }
    }

    /// Appends the ids of a word by the greedy longest match, or `unknown` alone where some part of it is no piece.
    func append(_ word: UnsafeBufferPointer<UInt8>, unknown: Int32, to output: inout [Int32]) {
        let before = output.count
        var start = 0
        while start < word.count {
            var node = start == 0 ? Self.beginning : Self.continuation
            var best: Int32 = -1
            var end = start
            var i = start
            while i < word.count, let next = child(of: node, word[i]) {
                node = next
                i += 1
                if ids[Int(node)] >= 0 {
                    best = ids[Int(node)]
                    end = i
                }
            }
            guard best >= 0 else {
                output.removeLast(output.count - before)
                output.append(unknown)
                return
            }
            output.append(best)
            start = end
        }
    }
}
