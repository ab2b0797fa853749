import NumericKernels

/// The weights in training and the memory of a step.
struct TrainingState: Sendable {
    /// The weights with their optimizers.
    private(set) var towers: any TrainableTowers
    private(set) var steps = 0
    private var vectors = Matrix(rows: 0, columns: 0)
    private var gradient = Matrix(rows: 0, columns: 0)
    private var norms: [Float] = []
    private var scoring = BatchScoring()
    private var hasGradient = false
    private var temperatureSlope = 0.0
    /// Whether a vector of the last step was too long for a number.
    private(set) var overflows = false
    /// The temperature if it is learnt; nil before the first step and where it is fixed.
    private(set) var temperature: LearntTemperature?

    /// The learning rates of a step.
    struct Rates: Sendable {
        var weights: Double
        var tokenWeights = 0.0
        var temperature = 0.0
    }

    /// The state before the first step; throws where an option cannot work with the model.
    init(_ model: DualEncoder, options: TrainingOptions = TrainingOptions()) throws(TrainingError) {
        switch model.documentEncoder {
        case .table: towers = try StaticTowers(model, options: options)
        case .transformer: towers = try TransformerTowers(model, options: options)
        }
    }

    /// Takes up what a checkpoint of the same shapes holds.
    ///
    /// `rates` are the learning rates of the steps so far.
    mutating func restore(_ matrices: [Matrix], rates: [Double], temperature: LearntTemperature?) {
        towers.restore(matrices, rates: rates)
        steps = rates.count
        self.temperature = temperature
    }

    /// The model as of the last step.
    func model(threads: Int) -> DualEncoder { towers.model(towers.weights(threads: threads)) }

    /// Takes up the gradient of a batch, whose loss counts with a share of the step's; returns the batch's mean loss.
    mutating func accumulate(
        _ batch: ContrastiveBatch, share: Float = 1, set: TrainingSet, objective: TrainingObjective,
        learnsTemperature: Bool = false, threads: Int, engine: ProductEngine = .platform
    ) -> Float {
        // A positive without any other document has loss 0 and gradient 0.
        if batch.documents.count < 2 { return 0 }
        if learnsTemperature, temperature == nil { temperature = LearntTemperature(objective.temperature) }
        towers.forward(batch, set: set, step: steps + 1, into: &vectors, threads: threads)
        RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        overflows = !norms.allSatisfy(\.isFinite)
        let value = scoring.run(
            batch, vectors: vectors, objective: objective, temperature: temperature?.value ?? objective.temperature,
            share: share, gradient: &gradient, threads: threads, engine: engine)
        temperatureSlope += scoring.temperatureSlope
        RowNormalization.backpropagate(unit: vectors, norms: norms, gradient: &gradient, threads: threads)
        towers.backpropagate(gradient, threads: threads)
        hasGradient = true
        return Float(value)
    }

    /// Moves the weights against the gradients taken up since the last step.
    mutating func step(_ rates: Rates, threads: Int) {
        steps += 1
        guard hasGradient else { return towers.skip(rate: rates.weights) }
        temperature?.step(steps, rate: rates.temperature, slope: temperatureSlope)
        towers.step(steps, rate: rates.weights, weightRate: rates.tokenWeights, threads: threads)
        hasGradient = false
        temperatureSlope = 0
    }

    /// One step on one batch; returns its mean loss.
    mutating func step(
        _ batch: ContrastiveBatch, set: TrainingSet, objective: TrainingObjective, rates: Rates, threads: Int,
        engine: ProductEngine = .platform
    ) -> Float {
        let loss = accumulate(
            batch, set: set, objective: objective, learnsTemperature: rates.temperature > 0, threads: threads,
            engine: engine)
        step(rates, threads: threads)
        return loss
    }
}
