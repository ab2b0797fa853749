/// SplitMix64 for tests, written apart from the product's own so that one can check the other.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// The seed, for failure messages.
    public let seed: UInt64
    private var state: UInt64

    /// A generator that starts at a seed.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
