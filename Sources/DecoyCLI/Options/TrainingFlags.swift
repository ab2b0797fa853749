import ArgumentParser
import Decoy

/// The options of training; what is not given is chosen from the number of training pairs.
struct TrainingFlags: ParsableArguments {
    @Option(
        help:
            "The length of the vectors. (default: that of the table that training starts from, else 1024 below 5000 pairs and 512 above)"
    )
    var dimension: Int?

    @Option(help: "What is minimised.")
    var loss: LossKind = .infonce

    @Option(
        help: "Cosines are divided by this before the softmax. (default: 0.05; an experiment tunes it on dev)")
    var temperature: Double?

    @Option(
        help:
            "How often each pair is seen. (default: by the number of pairs; an experiment chooses on dev, up to that)"
    )
    var epochs: Int?

    @Option(
        help:
            "Pairs in a step. Memory grows with it on a line, and so does the time a pair in batches of thousands. (default: by the number of pairs)"
    )
    var batchSize: Int?

    @Option(help: "The optimizer's learning rate. (default: by the number of pairs; an experiment tunes it on dev)")
    var learningRate: Double?

    @Option(help: "The learning rate of one weight a token, beside its row; 0 for none.")
    var weightLearningRate: Double?

    @Option(help: "Mined (or random) negatives beside each query.")
    var numNegatives: Int?

    @Option(help: "Epochs between two choices of negatives by the model; 0 keeps those of the file.")
    var refreshNegatives: Int?

    @Option(help: "Steps between two choices of negatives by the model, in place of --refresh-negatives.")
    var refreshSteps: Int?

    @Option(
        help:
            "A candidate becomes a negative only this far below the positive's cosine (a share of it). (default: 0; an experiment tunes it on dev)"
    )
    var relativeMargin: Double?

    @Option(help: "One table for queries and documents, or one each: shared or separate.")
    var towers: Towers = .shared

    @Option(help: "What all random choices are drawn from.")
    var seed: UInt64 = 1

    @Option(
        help:
            "How far a positive must be above a negative (triplet, 0.2), or negatives from the query (contrastive, 0.5)."
    )
    var margin: Double?

    @Option(
        help:
            "What BM25's scores (of --negatives) weigh beside the cosines in the loss, so that the model learns what BM25 lacks; for a hybrid of dense weight 1/this (infonce, triplet)."
    )
    var lexicalWeight = 0.0

    @Option(help: "The batch's negatives that triplet and contrastive take: all, hardest, semi-hard (triplet alone).")
    var selection: NegativeSelection = .hardest

    @Flag(help: "Score the positives' documents against the queries too (infonce).")
    var symmetric = false

    @Option(help: "Positives of a query that count in a step, weighted by grade; the others are masked.")
    var positivesPerQuery = 1

    @Flag(help: "Train the temperature too, from where --temperature puts it.")
    var learnTemperature = false

    @Option(help: "The teacher's scores are divided by this before the softmax (kl).")
    var teacherTemperature = 1.0

    @Option(
        help:
            "The share of the steps in which the learning rate rises on a line, 0 to 1. (default: 0, for a transformer 0.1)"
    )
    var warmup: Double?

    @Option(
        help:
            "How the learning rate goes on after that: none (it stays), linear or cosine (it falls to 0). (default: none, for a transformer linear)"
    )
    var schedule: LearningRateDecay?

    @Option(
        help:
            "What turns gradients into steps. (default: adam, for a transformer adamw)"
    )
    var optimizer: OptimizerKind?

    @Option(help: "The share of a weight, times the learning rate, that a step on it takes away (adamw, 0.01).")
    var weightDecay: Double?

    @Option(
        help: ArgumentHelp(
            "Train so that vectors can be cut to these lengths too, such as 64,128,256: the loss is the mean over them and the dimension.",
            valueName: "lengths"))
    var matryoshka: String?

    @OptionGroup var transformer: TransformerFlags

    /// Whether the model itself chooses among the negatives of a file.
    var ranksNegatives: Bool { (refreshNegatives ?? 0) > 0 || (refreshSteps ?? 0) > 0 }

    /// The option, as it was given, that learns from scores of mined documents; nil where none does.
    var optionThatNeedsScores: String? {
        if loss.needsTeacher { return "--loss \(loss.rawValue)" }
        return lexicalWeight > 0 ? "--lexical-weight" : nil
    }

    /// The training options for a set of a certain size and what training starts from.
    func options(pairs: Int, threads: Int, forTransformer isTransformer: Bool) throws -> TrainingOptions {
        var options = TrainingOptions.recommended(pairs: pairs, forTransformer: isTransformer)
        try transformer.apply(to: &options, isTransformer: isTransformer)
        options.dimension = dimension ?? options.dimension
        options.loss = loss
        options.temperature = temperature ?? options.temperature
        options.epochs = epochs ?? options.epochs
        options.batchSize = batchSize ?? options.batchSize
        options.learningRate = learningRate ?? options.learningRate
        options.weightLearningRate = weightLearningRate ?? options.weightLearningRate
        options.negativesPerQuery = numNegatives ?? options.negativesPerQuery
        if refreshNegatives != nil, refreshSteps != nil {
            throw UsageProblem("--refresh-negatives goes by epochs and --refresh-steps by steps; give one of them")
        }
        options.refreshSteps = refreshSteps ?? 0
        options.refreshEvery = max(1, refreshNegatives ?? options.refreshEvery)
        options.relativeMargin = relativeMargin ?? options.relativeMargin
        options.towers = towers
        options.seed = seed
        options.warmup = warmup ?? options.warmup
        options.decay = schedule ?? options.decay
        options.threads = threads
        options.margin = margin
        options.lexicalWeight = lexicalWeight
        options.selection = selection
        options.symmetric = symmetric
        options.positivesPerQuery = positivesPerQuery
        options.teacherTemperature = teacherTemperature
        options.matryoshka = try (matryoshka?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map {
            text in
            guard let length = Int(text) else {
                throw UsageProblem("--matryoshka: \(text) is not a length; expected numbers such as 64,128,256")
            }
            return length
        }
        options.optimizer = optimizer ?? options.optimizer
        options.weightDecay = weightDecay
        if learnTemperature {
            guard loss.hasTemperature else {
                throw UsageProblem("--learn-temperature: the loss \(loss.rawValue) has no temperature; leave it out")
            }
            options.temperatureLearningRate = 0.01
        }
        try options.validate()
        return options
    }

    /// The learning rates that an experiment tries.
    func automaticRates(pairs: Int, forTransformer isTransformer: Bool) -> [Double] {
        if isTransformer { return [2e-5, 5e-5] }
        return pairs < TrainingOptions.smallSet ? [0.001, 0.003, 0.01] : [0.01, 0.03, 0.1]
    }

    /// The temperatures that an experiment tries.
    func automaticTemperatures(forTransformer isTransformer: Bool) -> [Double] {
        if !loss.hasTemperature || learnTemperature { return [] }
        return isTransformer ? [0.02] : [0.01, 0.02, 0.03]
    }
}

extension LossKind: ExpressibleByArgument {}
extension NegativeSelection: ExpressibleByArgument {}
extension LearningRateDecay: ExpressibleByArgument {}
extension OptimizerKind: ExpressibleByArgument {}
extension Towers: ExpressibleByArgument {}

extension TrainingOptions {
    /// Defaults by the number of training pairs, as measured in evaluation/reports/training.md.
    ///
    /// Large batches at a high rate serve large sets; a small one is seen more often at a lower rate, or it forgets what it did not see.
    static func recommended(pairs: Int, forTransformer isTransformer: Bool) -> TrainingOptions {
        var options = TrainingOptions()
        if isTransformer {
            // Those of the field for models of BERT's size; a small set is seen more often.
            options.optimizer = .adamw
            options.learningRate = 2e-5
            options.warmup = 0.1
            options.decay = .linear
            options.batchSize = 32
            options.epochs = pairs < smallSet ? 3 : 1
            options.refreshEvery = 1
            // Any, until the transformer is read and sets its own.
            options.dimension = 1 << 16
            return options
        }
        options.dimension = pairs < smallSet ? 1024 : 512
        options.epochs = pairs < smallSet ? 10 : 5
        options.learningRate = pairs < smallSet ? 0.01 : 0.03
        options.batchSize = pairs < smallSet ? 128 : 1024
        return options
    }

    /// Below this number of pairs a set is small.
    static let smallSet = 5_000
}
