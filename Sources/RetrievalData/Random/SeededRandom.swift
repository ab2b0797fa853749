/// A small random number generator whose numbers never change: not between processes, machines, versions or word sizes.
///
/// The stream is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, figure
/// 17). The standard library promises no stable use of a generator in `shuffle(using:)` or `random(in:using:)`; hence
/// the methods here, which are part of the promise. Not fit for secrets.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable {
    private var state: UInt64

    /// A generator that starts its stream at a seed; equal seeds give equal streams.
    public init(seed: UInt64) { state = seed }

    /// A generator of its own for one item (a query, a document, an epoch), independent of the order in which items are
    /// worked on.
    public init(seed: UInt64, item: String) {
        self.init(seed: StableHash.fnv1a64(item, seed: seed))
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return StableHash.mix(state)
    }

    /// A number from 0 up to but not including `bound`, each as likely as the others; `bound` must be positive.
    ///
    /// Lemire's multiplication with rejection (Fast Random Integer Generation in an Interval, TOMACS 2019, algorithm
    /// 5).
    public mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "bound must be positive")
        let range = UInt64(bound)
        var product = range.multipliedFullWidth(by: next())
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = range.multipliedFullWidth(by: next()) }
        }
        return Int(product.high)
    }

    /// A number in 0 ..< 1 with 53 random bits.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Puts the elements into random order, every order as likely as the others (Fisher-Yates from the end).
    ///
    /// Complexity: O(n).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        var last = elements.count - 1
        while last > 0 {
            let other = next(below: last + 1)
            if other != last { elements.swapAt(last, other) }
            last -= 1
        }
    }

    /// The elements in random order.
    ///
    /// Complexity: O(n).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var copy = elements
        shuffle(&copy)
        return copy
    }

    /// `count` of the elements without repetition, in random order; all of them where there are fewer.
    ///
    /// Complexity:
    /// O(n).
    public mutating func sample<Element>(_ count: Int, from elements: [Element]) -> [Element] {
        var copy = elements
        let taken = Swift.min(Swift.max(count, 0), copy.count)
        for place in 0..<taken {
            let other = place + next(below: copy.count - place)
            if other != place { copy.swapAt(place, other) }
        }
        return Array(copy.prefix(taken))
    }
}
