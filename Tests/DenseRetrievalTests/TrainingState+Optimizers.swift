@testable import DenseRetrieval

extension TrainingState {
    /// The optimizers of tables in training; none of a transformer.
    var optimizers: [SparseOptimizer] { (towers as? StaticTowers)?.optimizers ?? [] }
}
