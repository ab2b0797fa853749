import NumericKernels

/// What training did.
public struct TrainingReport: Sendable, Hashable, Codable {
    /// The number of (query, document) pairs.
    public var pairs = 0
    /// The steps taken.
    public var steps = 0
    /// The mean loss of each epoch.
    public var epochLosses: [Double] = []
    /// How often the model ranked the candidates.
    public var refreshes = 0
    /// Negatives that mining chose, summed over refreshes or epochs.
    public var minedNegatives = 0
    /// Negatives drawn at random because too few candidates were left, summed likewise.
    public var filledNegatives = 0
    /// Seconds spent on steps.
    public var trainingSeconds = 0.0
    /// Seconds spent on choosing negatives.
    public var miningSeconds = 0.0
    /// The temperature at the end where it was learnt.
    public var temperature: Double?
    /// What a guide masked; nil without one.
    public var guide: GuideCounts?

    /// The figures on development queries, in the order of their steps; empty without such queries.
    public var evaluations: [DevFigure] = []

    /// The first of the best evaluations; nil without any.
    public var bestEvaluation: Int? {
        evaluations.indices.reduce(nil) { best, next in
            guard let best else { return next }
            return evaluations[next].value > evaluations[best].value ? next : best
        }
    }

    /// An empty report.
    public init() {}

    /// Pairs a second over the steps alone.
    public var pairsPerSecond: Double {
        trainingSeconds > 0 ? Double(pairs * epochLosses.count) / trainingSeconds : 0
    }
}

/// A trained model and what training did.
public struct TrainedModel: Sendable {
    /// The trained dual-encoder.
    public var model: DualEncoder
    /// What training did.
    public var report: TrainingReport

    /// LoRA's factors of the document tower by PEFT's names, which the model has merged in; empty without them.
    package var adapters: [(name: String, matrix: Matrix)] = []

    /// A model and what training did; an empty report stands for no training.
    public init(model: DualEncoder, report: TrainingReport) {
        self.model = model
        self.report = report
    }
}
