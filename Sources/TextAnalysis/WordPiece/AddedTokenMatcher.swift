/// Finds added tokens in the bytes of a text: leftmost, and of several at one place the longest.
struct AddedTokenMatcher: Sendable {
    private let tokens: [(bytes: [UInt8], id: Int32)]
    private let begins: [Bool]

    init(_ added: [(content: String, id: Int32)]) {
        var begins = [Bool](repeating: false, count: 256)
        tokens = added.filter { !$0.content.isEmpty }.map { (Array($0.content.utf8), $0.id) }
            .sorted { $0.bytes.count > $1.bytes.count }
        for token in tokens { if let first = token.bytes.first { begins[Int(first)] = true } }
        self.begins = begins
    }

    /// Calls `text` with start and end of each stretch between added tokens, and `token` with the id of each token.
    func forEach(in bytes: UnsafeBufferPointer<UInt8>, text: (_ start: Int, _ end: Int) -> Void, token: (Int32) -> Void)
    {
        var first = 0
        var i = 0
        while i < bytes.count {
            guard begins[Int(bytes[i])], let match = match(bytes, at: i) else {
                i &+= 1
                continue
            }
            if first < i { text(first, i) }
            token(match.id)
            i += match.bytes.count
            first = i
        }
        if first < bytes.count { text(first, bytes.count) }
    }

    private func match(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> (bytes: [UInt8], id: Int32)? {
        let rest = UnsafeBufferPointer(rebasing: bytes[i...])
        return tokens.first { rest.starts(with: $0.bytes) }
    }
}
