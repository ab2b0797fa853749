import NumericKernels
import RetrievalData

/// The dropout of a layer's three places, drawn from the pass's seed, the layer and the place.
struct LayerDropouts: Sendable {
    let probabilities: Dropout?
    let attention: Dropout?
    let output: Dropout?

    init(rate: Double, seed: UInt64, layer: Int) {
        func dropout(_ place: Int) -> Dropout? { Self.dropout(rate, seed, 1 + layer * 3 + place) }
        probabilities = dropout(0)
        attention = dropout(1)
        output = dropout(2)
    }

    /// The dropout of the embeddings.
    static func embeddings(rate: Double, seed: UInt64) -> Dropout? { dropout(rate, seed, 0) }

    private static func dropout(_ rate: Double, _ seed: UInt64, _ place: Int) -> Dropout? {
        guard rate > 0 else { return nil }
        let distance = (UInt64(place) &+ 1) &* 0xD1B5_4A32_D192_ED03
        return Dropout(rate: Float(rate), seed: StableHash.mix(StableHash.mix(seed) &+ distance))
    }
}
