import Essentials

/// Everything that decides what training does, besides the data.
///
/// The number of threads does not change the result.
public struct TrainingOptions: Sendable, Hashable {
    /// What is minimised.
    public var loss: LossKind = .infonce
    /// Cosines are divided by this before the softmax; above 0.
    public var temperature: Double = 0.05
    /// How often each pair is seen.
    public var epochs: Int = 5
    /// Pairs in a step.
    public var batchSize: Int = 256
    /// The optimizer's learning rate after warm-up.
    public var learningRate: Double = 0.1
    /// The optimizer's learning rate of the token weights, the logarithms of the rows' lengths; 0 leaves them to the rows' own steps.
    ///
    /// One number a token learns from few pairs what a row of hundreds cannot: which words tell documents apart.
    public var weightLearningRate: Double = 0
    /// The share of all steps in which the learning rate rises on a line, 0 to 1.
    public var warmup: Double = 0
    /// How the learning rate goes on after warm-up.
    public var decay: LearningRateDecay = .none
    /// Mined negatives beside each query in an epoch.
    public var negativesPerQuery: Int = 3
    /// Which of a query's negatives an epoch takes where a file has more of them and the model doesn't rank them.
    public var negativeOrder: NegativeOrder = .rotate
    /// Epochs between two rankings of the candidates by the model; at least 1.
    public var refreshEvery: Int = 2
    /// Steps between two rankings of the candidates, in place of epochs; 0 goes by epochs.
    public var refreshSteps: Int = 0
    /// A candidate is kept as a negative up to this share below the positive's cosine: cos ≤ (1 − margin) cos⁺.
    public var relativeMargin: Double = 0
    /// How many candidates of a lexical ranking the model looks at for each query.
    public var candidateDepth: Int = 200
    /// The length of the vectors.
    public var dimension: Int = 256
    /// Whether queries and documents share a table.
    public var towers: Towers = .shared
    /// Whether starting rows are scaled by idf.
    public var idfScaledStart: Bool = true
    /// What all random choices are drawn from.
    public var seed: UInt64 = 1
    /// Threads to work on; the result does not depend on it.
    public var threads: Int = 1
    /// How far a positive's cosine must be above a negative's (triplet, 0.2 by default), or up to which cosine distance a negative is pushed
    /// away (contrastive, 0.5 by default); nil for the default.
    public var margin: Double?
    /// What lexical scores weigh beside the cosines, so that the model learns what BM25 lacks (CLEAR; with infonce or triplet); 0 for nothing.
    ///
    /// Its inverse is the dense weight of the hybrid it is for. Needs the scores of the mined negatives.
    public var lexicalWeight: Double = 0
    /// Which negatives of the batch a loss with a margin takes.
    public var selection: NegativeSelection = .hardest
    /// How far below the positive's cosine by a ``Guide`` a document must stay to be a negative; with a guide alone.
    public var guideMargin: Double = 0
    /// The same as a share of the positive's cosine, added to `guideMargin`.
    public var guideRelativeMargin: Double = 0
    /// Whether the positives' documents are scored against the queries too, both directions with half the weight; InfoNCE alone.
    public var symmetric: Bool = false
    /// How many of a query's positives count in a step, weighted by their grades; the others are masked.
    public var positivesPerQuery: Int = 1
    /// Adam's learning rate of the logarithm of the temperature; 0 leaves the temperature as it is.
    public var temperatureLearningRate: Double = 0
    /// A teacher's scores are divided by this before the softmax of the loss kl; above 0.
    public var teacherTemperature: Double = 1
    /// What turns gradients into steps.
    public var optimizer: OptimizerKind = .adam
    /// The share of a weight, times the learning rate, that each step of AdamW on it takes away.
    ///
    /// nil for 0.01; AdamW alone.
    public var weightDecay: Double?
    /// Shorter lengths, ascending, that vectors can be cut to; the loss is the mean over them and the whole length.
    public var matryoshka: [Int] = []

    /// Batches whose gradients make one step; above 1 for transformers alone.
    ///
    /// Each batch has its own negatives in the batch; see `gradientCache` for one large batch.
    public var accumulation: Int = 1
    /// Texts of a batch whose activations are kept at once; the others wait for their turn.
    ///
    /// 0 keeps all; for transformers alone.
    public var gradientCache: Int = 0
    /// What is particular to the training of a transformer.
    public var transformer = TransformerTrainingOptions()

    /// The defaults.
    public init() {}

    /// Throws the first option that cannot work.
    public func validate() throws(TrainingError) {
        func require(_ holds: Bool, _ name: String, _ value: Any, _ expected: String) throws(TrainingError) {
            if !holds { throw .option(name: name, value: "\(value)", expected: expected) }
        }
        try require(temperature.isFinite && temperature > 0, "temperature", temperature, "a number above 0")
        try require(epochs >= 0, "epochs", epochs, "0 or more")
        try require(batchSize >= 1 && batchSize <= 1 << 24, "batchSize", batchSize, "1 to \(1 << 24)")
        try require(learningRate.isFinite && learningRate >= 0, "learningRate", learningRate, "0 or more")
        try require(
            weightLearningRate.isFinite && weightLearningRate >= 0, "weightLearningRate", weightLearningRate,
            "0 or more")
        try require(warmup >= 0 && warmup <= 1, "warmup", warmup, "a share from 0 to 1")
        try require(negativesPerQuery >= 0, "negativesPerQuery", negativesPerQuery, "0 or more")
        try require(refreshEvery >= 1, "refreshEvery", refreshEvery, "1 or more")
        try require(refreshSteps >= 0, "refreshSteps", refreshSteps, "0 or more")
        try require(
            relativeMargin >= 0 && relativeMargin < 1, "relativeMargin", relativeMargin, "a share from 0 to below 1")
        try require(candidateDepth >= 1, "candidateDepth", candidateDepth, "1 or more")
        try require(dimension >= 1 && dimension <= 65536, "dimension", dimension, "1 to 65536")
        try require(threads >= 1, "threads", threads, "1 or more")
        if let margin {
            try require(margin.isFinite && margin >= 0, "margin", margin, "0 or more")
            try require(
                loss == .triplet || loss == .contrastive, "margin", margin, "the loss triplet or contrastive beside it")
        }
        try require(
            selection != .semiHard || loss != .contrastive, "selection", selection.rawValue,
            "all or hardest with the loss contrastive")
        try require(guideMargin.isFinite, "guideMargin", guideMargin, "a number")
        try require(guideRelativeMargin.isFinite, "guideRelativeMargin", guideRelativeMargin, "a number")
        try require(!symmetric || loss == .infonce, "symmetric", symmetric, "the loss infonce beside it")
        try require(lexicalWeight.isFinite && lexicalWeight >= 0, "lexicalWeight", lexicalWeight, "0 or more")
        try require(
            lexicalWeight == 0 || (loss == .infonce && !symmetric && temperatureLearningRate == 0) || loss == .triplet,
            "lexicalWeight", lexicalWeight,
            "0, or the loss infonce (one direction, a fixed temperature) or triplet beside it")
        try require(positivesPerQuery >= 1, "positivesPerQuery", positivesPerQuery, "1 or more")
        try require(
            temperatureLearningRate.isFinite && temperatureLearningRate >= 0, "temperatureLearningRate",
            temperatureLearningRate, "0 or more")
        try require(
            temperatureLearningRate == 0 || loss.hasTemperature, "temperatureLearningRate", temperatureLearningRate,
            "0 with the loss \(loss.rawValue), which has no temperature")
        try require(
            teacherTemperature.isFinite && teacherTemperature > 0, "teacherTemperature", teacherTemperature,
            "a number above 0")
        try require(accumulation >= 1, "accumulation", accumulation, "1 or more")
        try require(gradientCache >= 0, "gradientCache", gradientCache, "0 or more")
        try transformer.validate()
        let ascending = zip(matryoshka, matryoshka.dropFirst()).allSatisfy { $0 < $1 }
        try require(
            ascending && matryoshka.allSatisfy { $0 >= 1 && $0 <= dimension }, "matryoshka", matryoshka,
            "ascending lengths from 1 to the dimension, \(dimension)")
        if let weightDecay {
            try require(optimizer == .adamw, "weightDecay", weightDecay, "the optimizer adamw beside it")
            try require(weightDecay.isFinite && weightDecay >= 0, "weightDecay", weightDecay, "0 or more")
        }
    }

    /// Whether training needs scores of the mined documents.
    public var needsScores: Bool { loss.needsTeacher || lexicalWeight > 0 }

    /// The decay of the weights, PyTorch's default where none is given; 0 for all optimizers but AdamW.
    var effectiveWeightDecay: Double { optimizer == .adamw ? weightDecay ?? 0.01 : 0 }

    /// The number of steps for so many pairs.
    public func steps(pairs: Int) -> Int { stepsPerEpoch(pairs: pairs) * epochs }

    /// The number of steps of an epoch, each of `accumulation` batches.
    func stepsPerEpoch(pairs: Int) -> Int {
        let batches = (pairs + batchSize - 1) / batchSize
        return (batches + accumulation - 1) / accumulation
    }

    /// The learning rates of a step; it counts from 0, of `total`.
    func rates(at step: Int, of total: Int) -> TrainingState.Rates {
        let share = rateShare(at: step, of: total)
        return TrainingState.Rates(
            weights: learningRate * share, tokenWeights: weightLearningRate * share,
            temperature: temperatureLearningRate * share)
    }

    /// The share of the learning rates that a step takes; it counts from 0, of `total`.
    func rateShare(at step: Int, of total: Int) -> Double {
        let rising = (warmup * Double(total)).rounded(.up)
        if Double(step) < rising { return Double(step + 1) / rising }
        switch decay {
        case .none: return 1
        case .linear: return Double(total - step) / max(1, Double(total) - rising)
        case .cosine:
            return (1 + cos(.pi * (Double(step) - rising) / max(1, Double(total) - rising))) / 2
        }
    }
}
