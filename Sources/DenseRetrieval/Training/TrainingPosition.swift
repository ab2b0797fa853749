import NumericKernels

/// All that training knows between two steps; what a checkpoint holds.
struct TrainingPosition: Sendable {
    /// The weights, the optimizers' moments and the number of steps.
    var state: TrainingState
    /// What was done so far.
    var report: TrainingReport
    /// The negatives of the epoch.
    var chosen = NegativePlan.Choice()
    /// The weights of the best evaluation; empty before the first.
    var best: [Matrix] = []
    /// Whether the loss runs away.
    var watch = LossWatch()
    /// The loss summed over the pairs of the epoch under way.
    var lossSum = 0.0

    /// The position before the first step.
    init(_ start: DualEncoder, set: TrainingSet, options: TrainingOptions) throws(TrainingError) {
        state = try TrainingState(start, options: options)
        report = TrainingReport()
        report.pairs = set.pairs.count
    }
}
