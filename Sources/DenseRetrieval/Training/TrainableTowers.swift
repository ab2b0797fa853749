import NumericKernels

/// The weights of a dual-encoder in training with their optimizers, one tower or two.
///
/// A step is one or several times `forward` and `backpropagate`, then `step`.
protocol TrainableTowers: Sendable {
    /// The rows of a batch's texts, queries first, not scaled to length 1.
    mutating func forward(_ batch: ContrastiveBatch, set: TrainingSet, step: Int, into rows: inout Matrix, threads: Int)

    /// Takes up the gradients of the rows of the last `forward`.
    mutating func backpropagate(_ gradient: Matrix, threads: Int)

    /// Moves the weights against the gradients taken up; `number` counts from 1.
    mutating func step(_ number: Int, rate: Double, weightRate: Double, threads: Int)

    /// A step that moves nothing.
    mutating func skip(rate: Double)

    /// The weights of the model as of the last step, adapters beside what they adapt.
    func weights(threads: Int) -> [Matrix]

    /// The model with weights as `weights(threads:)` gives them.
    func model(_ weights: [Matrix]) -> DualEncoder

    /// The adapters of the document tower among such weights, by PEFT's names; empty without any.
    func adapters(_ weights: [Matrix]) -> [(name: String, matrix: Matrix)]

    /// All that a step depends on besides the learning rates so far, for a checkpoint.
    var matrices: [Matrix] { get }

    /// Takes up what a checkpoint of the same shapes holds, and the learning rates of the steps before.
    mutating func restore(_ matrices: [Matrix], rates: [Double])

    /// Whether all weights are numbers; complexity: linear in the weights.
    var isFinite: Bool { get }
}
