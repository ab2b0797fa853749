/// Up to three pairs of a frequency and a length code that together bound the score of every posting of a block, for any k1 and b.
///
/// For each posting there is a pair with a frequency at least as high and a length at most as long. Frequencies above 254 are stored
/// as 255, which stands for any.
struct BlockBound: Sendable, Hashable {
    static let pairCount = 3
    /// A frequency code that stands for any frequency.
    static let anyFrequency: UInt8 = 255

    var first: (frequency: UInt8, length: UInt8)
    var second: (frequency: UInt8, length: UInt8)
    var third: (frequency: UInt8, length: UInt8)

    var pairs: [(frequency: UInt8, length: UInt8)] { [first, second, third] }

    /// The pairs as they stand in a file: the first in the lowest bytes.
    var bytes: [UInt8] {
        [first.frequency, first.length, second.frequency, second.length, third.frequency, third.length]
    }

    /// The bound from its six bytes in a file.
    init(_ raw: UInt64) {
        func byte(_ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: raw >> (8 * index)) }
        first = (byte(0), byte(1))
        second = (byte(2), byte(3))
        third = (byte(4), byte(5))
    }

    /// The bound from one to three pairs; the last is repeated.
    init(_ pairs: [(frequency: UInt8, length: UInt8)]) {
        first = pairs.first ?? (Self.anyFrequency, 0)
        second = pairs.count > 1 ? pairs[1] : first
        third = pairs.count > 2 ? pairs[2] : second
    }

    static func == (a: BlockBound, b: BlockBound) -> Bool { a.bytes == b.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// Whether a posting is bounded.
    func covers(frequency: UInt32, length: UInt8) -> Bool {
        pairs.contains {
            ($0.frequency == Self.anyFrequency || UInt32($0.frequency) >= frequency) && $0.length <= length
        }
    }
}

/// Finds the bounds of blocks: the Pareto frontier of their (frequency, length) pairs, reduced to three pairs.
struct BlockBoundBuilder {
    /// The least length code seen for each frequency code; 256 where none.
    private var least = [UInt16](repeating: 256, count: 256)
    private var highest = 0
    private let norms: [Float]

    /// A builder for a segment; the default parameters of BM25 and the average length weigh which pairs to merge.
    init(codes: LengthCodes, averageLength: Double) {
        let average = averageLength > 0 ? averageLength : 1
        norms = (0..<256).map { code in
            let length = Double(code < codes.lengths.count ? codes.lengths[code] : 0)
            return Float(1.2 * (0.25 + 0.75 * length / average))
        }
    }

    /// Adds a posting.
    @inline(__always)
    mutating func add(frequency: UInt32, length: UInt8) {
        let code = Int(min(frequency, UInt32(BlockBound.anyFrequency)))
        if UInt16(length) < least[code] { least[code] = UInt16(length) }
        if code > highest { highest = code }
    }

    /// Adds the pairs of another bound.
    mutating func add(_ bound: BlockBound) {
        for pair in bound.pairs { add(frequency: UInt32(pair.frequency), length: pair.length) }
    }

    /// The bound of what was added; begins anew.
    mutating func take() -> BlockBound {
        var frontier: [(frequency: UInt8, length: UInt8)] = []
        var shortest: UInt16 = 256
        for code in stride(from: highest, through: 0, by: -1) {
            if least[code] < shortest {
                shortest = least[code]
                frontier.append((UInt8(code), UInt8(shortest)))
            }
            least[code] = 256
        }
        highest = 0
        while frontier.count > BlockBound.pairCount { mergeCheapest(&frontier) }
        return BlockBound(frontier)
    }

    /// Merges the two neighbours whose common bound is least above the higher of their own.
    private func mergeCheapest(_ frontier: inout [(frequency: UInt8, length: UInt8)]) {
        var best = 0
        var bestCost = Float.infinity
        for index in 0..<(frontier.count - 1) {
            let (high, low) = (frontier[index], frontier[index + 1])
            let own = max(saturation(high.frequency, high.length), saturation(low.frequency, low.length))
            let cost = saturation(high.frequency, low.length) - own
            if cost < bestCost {
                best = index
                bestCost = cost
            }
        }
        frontier[best].length = frontier[best + 1].length
        frontier.remove(at: best + 1)
    }

    private func saturation(_ frequency: UInt8, _ length: UInt8) -> Float {
        if frequency == BlockBound.anyFrequency { return 1 }
        return Float(frequency) / (Float(frequency) + norms[Int(length)])
    }
}
