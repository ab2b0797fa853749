/// Hash values that never change: for shards, seeds of single items and splits.
///
/// Not fit against an adversary.
public enum StableHash {
    /// The 64-bit FNV-1a hash of bytes (Fowler, Noll, Vo; IETF draft-eastlake-fnv), finished by `mix(_:)` where a seed
    /// is given.
    ///
    /// Without a seed this is plain FNV-1a: `fnv1a64("")` is `0xcbf29ce484222325`.
    public static func fnv1a64(_ bytes: some Sequence<UInt8>, seed: UInt64? = nil) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        if let seed { hash ^= mix(seed) }
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return seed == nil ? hash : mix(hash)
    }

    /// The 64-bit FNV-1a hash of a string's UTF-8 bytes; canonically equivalent strings of different bytes differ.
    public static func fnv1a64(_ text: String, seed: UInt64? = nil) -> UInt64 {
        fnv1a64(text.utf8, seed: seed)
    }

    /// A bijection that spreads every input bit over all output bits (the finisher of SplitMix64, variant 13 of
    /// Stafford).
    public static func mix(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
