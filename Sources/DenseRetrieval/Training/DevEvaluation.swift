/// Measures a model on development queries while it is trained; the best one becomes the result unless it says otherwise.
public struct DevEvaluation: Sendable {
    /// Steps between two evaluations, 0 for one after each epoch; there is always one after the last step.
    public var every: Int
    /// Training stops after so many evaluations in a row that were not better than the best; 0 for never.
    public var patience: Int
    /// Whether the best model becomes the result; else the figures are only looked at and the last model does.
    public var keepsBest: Bool
    /// What is measured on what, for people.
    public var name: String
    /// What tells the queries and judgements from others; a checkpoint goes on only where name and data are the same.
    public var data: String
    /// The figure of a model, higher is better; must depend on the model alone.
    public var measure: @Sendable (DualEncoder) throws -> Double

    /// An evaluation from its parts.
    public init(
        every: Int = 0, patience: Int = 0, keepsBest: Bool = true, name: String, data: String = "",
        measure: @escaping @Sendable (DualEncoder) throws -> Double
    ) {
        self.every = max(0, every)
        self.patience = max(0, patience)
        self.keepsBest = keepsBest
        self.name = name
        self.data = data
        self.measure = measure
    }

    /// What a checkpoint knows it by.
    var identity: String {
        "\(name) \(data), every \(every) steps, patience \(patience)" + (keepsBest ? "" : ", keeping the last model")
    }

    func isDue(_ now: TrainingProgress, endsEpoch: Bool) -> Bool {
        now.step == now.totalSteps || (every > 0 ? now.step.isMultiple(of: every) : endsEpoch)
    }

    /// Whether the last evaluations were in vain.
    func isExhausted(_ report: TrainingReport) -> Bool {
        guard patience > 0, let best = report.bestEvaluation else { return false }
        return report.evaluations.count - 1 - best >= patience
    }
}

/// The figure of the model after a number of steps.
public struct DevFigure: Sendable, Hashable, Codable {
    /// The steps that were done.
    public var step: Int
    /// The figure.
    public var value: Double
}
