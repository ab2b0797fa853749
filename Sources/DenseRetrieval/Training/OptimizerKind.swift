/// What turns gradients into steps.
///
/// All of them work on the rows of tokens that stand in a batch alone; see `SparseOptimizer`.
public enum OptimizerKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Kingma and Ba: Adam, ICLR 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    case adam
    /// Adam, and weights times 1 − rate · decay (Loshchilov and Hutter: Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2).
    case adamw
    /// One sum of squares a weight, no momentum (Duchi, Hazan and Singer: Adaptive Subgradient Methods, JMLR 12, 2011, figure 1).
    case adagrad
}
