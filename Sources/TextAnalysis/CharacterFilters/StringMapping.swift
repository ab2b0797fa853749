/// Replaces strings in a text: at each place the longest that begins there.
struct StringMapping {
    private struct Pair {
        var from: [UInt8]
        var to: [UInt8]
    }

    /// For each first byte the pairs that begin with it, the longest first.
    private let pairs: [[Pair]]

    init(_ mapping: [String: String]) {
        var table = [[Pair]](repeating: [], count: 256)
        for (from, to) in mapping {
            let pair = Pair(from: Array(from.utf8), to: Array(to.utf8))
            if let first = pair.from.first { table[Int(first)].append(pair) }
        }
        // Strings of one length that begin at one place are the same string, so this order is total where it matters.
        pairs = table.map { $0.sorted { $0.from.count > $1.from.count } }
    }

    func apply(to text: UnsafeBufferPointer<UInt8>) -> FilteredText {
        var result = FilteredText()
        var copied = 0
        var i = 0
        while i < text.count {
            guard let pair = pairs[Int(text[i])].first(where: { text[i...].starts(with: $0.from) }) else {
                i += 1
                continue
            }
            result.copy(text, copied..<i)
            result.replace(pair.from.count, by: pair.to)
            i += pair.from.count
            copied = i
        }
        result.copy(text, copied..<text.count)
        return result
    }
}
