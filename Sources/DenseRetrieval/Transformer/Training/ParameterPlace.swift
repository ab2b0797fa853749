/// Where a parameter stands in a transformer.
enum ParameterPlace: Sendable, Hashable {
    case tokens
    case positions
    case tokenTypes
    case embeddingScale
    case embeddingShift
    /// MPNet's bias of attention.
    case distances
    case layer(Int, LayerPart)
    /// LoRA's two factors beside a linear layer's weight W, which becomes W + α / rank · B A.
    case adapter(Int, AdaptedPart, AdapterFactor)

    /// The parameters of a layer.
    enum LayerPart: Int, Sendable, CaseIterable {
        case attentionInputs
        case attentionInputsBias
        case attentionOutput
        case attentionOutputBias
        case attentionScale
        case attentionShift
        case inner
        case innerBias
        case output
        case outputBias
        case outputScale
        case outputShift

        /// The bias of a linear layer or the shift of a normalization, which stands behind its weight.
        var next: LayerPart { LayerPart(rawValue: rawValue + 1) ?? self }
    }

    /// The linear layers that LoRA adapts: all of them.
    ///
    /// Dettmers et al. found that best (QLoRA, NeurIPS 2023); PEFT's own default is query and value.
    enum AdaptedPart: Int, Sendable, CaseIterable {
        case query
        case key
        case value
        case attentionOutput
        case inner
        case output

        /// The weight it adapts.
        var part: LayerPart {
            switch self {
            case .query, .key, .value: .attentionInputs
            case .attentionOutput: .attentionOutput
            case .inner: .inner
            case .output: .output
            }
        }

        /// Those that adapt rows of a weight.
        static func of(_ part: LayerPart) -> [AdaptedPart] { allCases.filter { $0.part == part } }

        /// The rows of that weight, where the dimension and the whole number of rows are these.
        func rows(_ dimension: Int, of all: Int) -> Range<Int> {
            rawValue < 3 ? (rawValue * dimension)..<((rawValue + 1) * dimension) : 0..<all
        }
    }

    /// A has a row for each rank and a column for each input, B a row for each output and a column for each rank.
    enum AdapterFactor: Int, Sendable, CaseIterable {
        case a
        case b
    }

    /// Whether AdamW's decay shrinks it.
    var isDecayed: Bool {
        switch self {
        case .tokens, .positions, .tokenTypes, .distances, .adapter: true
        case .embeddingScale, .embeddingShift: false
        case .layer(_, let part):
            part == .attentionInputs || part == .attentionOutput || part == .inner || part == .output
        }
    }

    /// Its number among all of a model with so many layers.
    func index(layers: Int) -> Int {
        let each = LayerPart.allCases.count
        switch self {
        case .tokens: return 0
        case .positions: return 1
        case .tokenTypes: return 2
        case .embeddingScale: return 3
        case .embeddingShift: return 4
        case .distances: return 5
        case .layer(let layer, let part): return 6 + layer * each + part.rawValue
        case .adapter(let layer, let part, let factor):
            return 6 + layers * each + (layer * AdaptedPart.allCases.count + part.rawValue) * 2 + factor.rawValue
        }
    }

    /// All of a model with so many layers, in the order of their numbers.
    static func all(layers: Int, withAdapters: Bool) -> [ParameterPlace] {
        let parts = (0..<layers).flatMap { layer in LayerPart.allCases.map { ParameterPlace.layer(layer, $0) } }
        let adapters = (0..<layers).flatMap { layer in
            AdaptedPart.allCases.flatMap { part in
                AdapterFactor.allCases.map { ParameterPlace.adapter(layer, part, $0) }
            }
        }
        return [.tokens, .positions, .tokenTypes, .embeddingScale, .embeddingShift, .distances] + parts
            + (withAdapters ? adapters : [])
    }
}
