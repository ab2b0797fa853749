/// A table of at most 256 lengths by which a byte stands for a document's length in block bounds.
///
/// A code's length is never above the true one, and equals it in segments with up to 256 distinct lengths; otherwise the table holds
/// quantiles of the segment's lengths. A shorter document scores at least as high, so a bound by code holds for the document.
struct LengthCodes: Sendable, Hashable {
    /// The lengths in strictly ascending order; the first is the shortest of the segment.
    let lengths: [UInt32]

    init(lengths: [UInt32]) { self.lengths = lengths }

    /// The table for documents of these lengths; documents without terms have no postings and do not count.
    init(of documentLengths: [UInt32]) {
        var histogram: [UInt32: Int] = [:]
        for length in documentLengths where length > 0 { histogram[length, default: 0] += 1 }
        let distinct = histogram.keys.sorted()
        if distinct.count <= 256 {
            lengths = distinct
            return
        }
        let total = histogram.values.reduce(0, +)
        var chosen: [UInt32] = [distinct[0]]
        var seen = 0
        for (index, length) in distinct.enumerated() {
            // A new entry wherever the documents so far fill the next 256th, counting what is left for the lengths to come.
            if index > 0, seen * 255 >= chosen.count * total { chosen.append(length) }
            if chosen.count == 256 { break }
            seen += histogram[length] ?? 0
        }
        lengths = chosen
    }

    /// The code of each length: the last entry that is not above it.
    func codes(of documentLengths: [UInt32]) -> [UInt8] {
        guard let longest = lengths.last else { return [UInt8](repeating: 0, count: documentLengths.count) }
        var small = [UInt8](repeating: 0, count: min(Int(longest), 65_535) + 1)
        var code = 0
        for length in small.indices {
            while code + 1 < lengths.count, Int(lengths[code + 1]) <= length { code += 1 }
            small[length] = UInt8(code)
        }
        return documentLengths.map { $0 < small.count ? small[Int($0)] : search($0) }
    }

    private func search(_ length: UInt32) -> UInt8 {
        var low = 0
        var high = lengths.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lengths[middle] <= length { low = middle } else { high = middle }
        }
        return UInt8(low)
    }
}
