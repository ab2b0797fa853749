import TextAnalysis

/// The distinct terms of a query in ascending byte order, the order in which contributions are summed; reused from query to query.
final class QueryTerms {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []
    /// How often each term occurs in the query, or its weight there.
    private(set) var frequencies: [Double] = []

    /// The number of distinct terms.
    var count: Int { ranges.count }

    /// Takes the terms of a text.
    func set(_ text: String, session: AnalyzerSession) {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        session.forEachTerm(in: text) { term, _ in
            ranges.append(bytes.count..<(bytes.count + term.count))
            bytes.append(contentsOf: term)
        }
        bytes.withUnsafeBytes { bytes in
            ranges.sort { ByteOrder.compare(.init(rebasing: bytes[$0]), .init(rebasing: bytes[$1])) < 0 }
            var kept = 0
            for index in ranges.indices {
                let range = ranges[index]
                if kept > 0,
                    ByteOrder.compare(.init(rebasing: bytes[ranges[kept - 1]]), .init(rebasing: bytes[range])) == 0
                {
                    frequencies[kept - 1] += 1
                } else {
                    ranges[kept] = range
                    frequencies.append(1)
                    kept += 1
                }
            }
            ranges.removeLast(ranges.count - kept)
        }
    }

    /// Takes the terms of a weighted query, which are distinct and in ascending byte order.
    func set(_ query: WeightedQuery) {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        for (term, weight) in query.terms {
            let start = bytes.count
            bytes.append(contentsOf: term.utf8)
            ranges.append(start..<bytes.count)
            frequencies.append(weight)
        }
    }

    /// The bytes of a term.
    func withTerm<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[ranges[index]])) }
    }

    /// A term as text.
    func text(_ index: Int) -> String { withTerm(index) { String(decoding: $0, as: UTF8.self) } }
}
