import Essentials
import RetrievalData

/// Normally distributed numbers, a stream of their own for each row of a table.
///
/// Row r of seed s is the same whatever the size of the table and the order in which rows are made. Box and Muller (A Note on the
/// Generation of Random Normal Deviates, Annals of Mathematical Statistics 29, 1958, equation 1) on SplitMix64.
struct NormalGenerator {
    private var random: SeededRandom
    private var spare: Double?

    init(seed: UInt64, row: Int) {
        random = SeededRandom(
            seed: StableHash.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: row &+ 1)))
    }

    mutating func next() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        let radius = (-2 * log(1 - random.nextUnit())).squareRoot()
        let angle = 2 * Double.pi * random.nextUnit()
        spare = radius * sin(angle)
        return radius * cos(angle)
    }
}
