import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One step of an optimizer on rows of weights.
package enum OptimizerStep: Sendable {
    /// Two moments a weight.
    case adam(AdamStep)
    /// One sum of squares a weight: s ← s + g²; w ← w − rate · g / (√s + 10⁻¹⁰) (Duchi, Hazan and Singer: Adaptive Subgradient Methods,
    /// JMLR 12, 2011, figure 1 with a diagonal matrix; PyTorch's ε).
    case adagrad(rate: Double)

    /// The moments it keeps of each weight.
    package var moments: Int {
        switch self {
        case .adam: 2
        case .adagrad: 1
        }
    }

    /// The step on one row; an optimizer with one moment leaves `second` alone.
    func apply(
        _ weights: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>,
        _ second: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ columns: Int,
        _ kernels: ck_vector_kernels
    ) {
        switch self {
        case .adam(let step):
            var constants = step.constants
            kernels.adam(weights, first, second, gradient, columns, &constants)
        case .adagrad(let rate): kernels.adagrad(weights, first, gradient, columns, Float(rate), 1e-10)
        }
    }

    /// An Adagrad step on one row alone.
    package static func adagrad(
        rate: Double, gradient: Span<Float>, weights: inout MutableSpan<Float>, sums: inout MutableSpan<Float>,
        kernels: VectorKernels = .best
    ) {
        let count = gradient.count
        precondition(weights.count == count && sums.count == count)
        gradient.withUnsafeBufferPointer { g in
            weights.withUnsafeMutableBufferPointer { w in
                sums.withUnsafeMutableBufferPointer { s in
                    guard let g = g.baseAddress, let w = w.baseAddress, let s = s.baseAddress else { return }
                    OptimizerStep.adagrad(rate: rate).apply(w, s, s, g, count, kernels.table.pointee)
                }
            }
        }
    }

    /// What a row is multiplied with by a step on the logarithm of its length: ∂L/∂ log|w| = w · ∂L/∂w.
    ///
    /// `moments` are those of the logarithm.
    func lengthFactor(
        _ row: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, _ columns: Int,
        _ moments: UnsafeMutablePointer<Float>, _ kernels: ck_vector_kernels
    ) -> Float {
        var slope: Float = 0
        kernels.dots(row, 1, columns, gradient, 1, columns, columns, &slope, 1)
        var change: Float = 0
        apply(&change, moments, moments + (self.moments - 1), &slope, 1, kernels)
        return exp(change)
    }
}
