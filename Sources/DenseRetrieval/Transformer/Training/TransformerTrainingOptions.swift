import NumericKernels

/// What of a transformer is trained and how; the defaults train all weights without dropout.
public struct TransformerTrainingOptions: Sendable, Hashable, Codable {
    /// The share of values dropped behind the embeddings, in attention's probabilities and before each residual; at least 0, below 1.
    public var dropout: Double
    /// AdamW's decay, on weights and embeddings but not on biases and normalizations.
    public var weightDecay: Double
    /// The longest common norm of all gradients; 0 for no limit.
    public var clipping: Double
    /// The embeddings and this many layers from the bottom stay as they are; 0 for none.
    public var frozenLayers: Int
    /// Whether the embeddings stay as they are where all layers are trained.
    public var freezesEmbeddings: Bool
    /// The rank of LoRA's adapters on every linear layer, which are trained in place of the weights; 0 for none.
    public var adapterRank: Int
    /// LoRA's α: adapters count α / rank times.
    public var adapterScale: Double
    /// Whether layers keep their input alone and compute the rest again for the backward pass, with the same bits.
    public var recomputes: Bool
    /// The type of the factors of matrix products; weights, sums and gradients are 32-bit floats in any case.
    public var precision: ProductPrecision

    /// Options, each with its default.
    public init(
        dropout: Double = 0, weightDecay: Double = 0.01, clipping: Double = 1, frozenLayers: Int = 0,
        freezesEmbeddings: Bool = false, adapterRank: Int = 0, adapterScale: Double = 16, recomputes: Bool = false,
        precision: ProductPrecision = .float32
    ) {
        self.dropout = dropout
        self.weightDecay = weightDecay
        self.clipping = clipping
        self.frozenLayers = frozenLayers
        self.freezesEmbeddings = freezesEmbeddings
        self.adapterRank = adapterRank
        self.adapterScale = adapterScale
        self.recomputes = recomputes
        self.precision = precision
    }

    /// Throws `TrainingError.option` for a value that cannot work with any model.
    func validate() throws(TrainingError) {
        func require(_ holds: Bool, _ name: String, _ value: Any, _ expected: String) throws(TrainingError) {
            if !holds { throw .option(name: name, value: "\(value)", expected: expected) }
        }
        try require(dropout >= 0 && dropout < 1, "dropout", dropout, "a number from 0 to below 1")
        try require(weightDecay >= 0 && weightDecay.isFinite, "weightDecay", weightDecay, "a number of at least 0")
        try require(clipping >= 0 && clipping.isFinite, "clipping", clipping, "a number of at least 0")
        try require(frozenLayers >= 0, "frozenLayers", frozenLayers, "a number of at least 0")
        try require((0...1024).contains(adapterRank), "adapterRank", adapterRank, "a number from 0 to 1024")
        try require(adapterScale > 0 && adapterScale.isFinite, "adapterScale", adapterScale, "a number above 0")
    }

    /// Throws `TrainingError.option` for a value that cannot work with a model of so many layers.
    func check(layers: Int) throws(TrainingError) {
        try validate()
        guard frozenLayers < layers else {
            throw .option(
                name: "frozenLayers", value: "\(frozenLayers)",
                expected: "a number from 0 to \(layers - 1), as the model has \(layers) layers")
        }
    }
}
