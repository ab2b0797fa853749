/// A training that cannot come to a good end.
public struct Divergence: Sendable, Hashable, CustomStringConvertible {
    /// What gave it away.
    public enum Cause: Sendable, Hashable {
        /// The loss or a weight is no number, or a row has become too long for one.
        case notANumber
        /// The loss was above a bar for many steps in a row.
        case runaway(bar: Double, steps: Int)
    }

    /// What gave it away.
    public var cause: Cause
    /// The steps that were done.
    public var step: Int
    /// The loss of the last step.
    public var loss: Float
    /// The learning rate of the last step.
    public var learningRate: Double
    /// The path of the last good checkpoint; nil where there is none.
    public var checkpoint: String?

    /// What is wrong and what to do.
    public var description: String {
        let sign =
            switch cause {
            case .notANumber: loss.isFinite ? "weights have grown beyond all numbers" : "the loss is \(loss)"
            case .runaway(let bar, let steps):
                "the loss is \(loss), and was above \((bar * 1000).rounded() / 1000), twice the loss at the start or of equal scores, for \(steps) steps"
            }
        let good = checkpoint.map { "; the last good checkpoint is \($0)" } ?? ""
        return "training diverged at step \(step) with the learning rate \(learningRate): \(sign)\(good); "
            + "start again with a lower learning rate or a higher temperature"
    }
}
