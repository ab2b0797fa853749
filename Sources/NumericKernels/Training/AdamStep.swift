import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The constants of one Adam step (Kingma and Ba: Adam, ICLR 2015, algorithm 1).
///
/// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← (1 − rate · decay) w − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε). With a decay
/// it is AdamW (Loshchilov and Hutter: Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2, with the decay times the rate as
/// PyTorch has it).
package struct AdamStep: Sendable {
    let constants: ck_adam_step

    /// The constants of step `number`, which counts from 1.
    package init(
        number: Int, rate: Double, decay: Double = 0, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
    ) {
        precondition(number >= 1, "steps count from 1")
        constants = ck_adam_step(
            rate: Float(rate / (1 - pow(beta1, Double(number)))),
            correction: Float(1 / (1 - pow(beta2, Double(number))).squareRoot()),
            beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), keep: Float(1 - rate * decay))
    }

    /// The step on one row alone.
    package func apply(
        gradient: Span<Float>, weights: inout MutableSpan<Float>, firstMoment: inout MutableSpan<Float>,
        secondMoment: inout MutableSpan<Float>, kernels: VectorKernels = .best
    ) {
        let count = gradient.count
        precondition(weights.count == count && firstMoment.count == count && secondMoment.count == count)
        var step = constants
        gradient.withUnsafeBufferPointer { g in
            weights.withUnsafeMutableBufferPointer { w in
                firstMoment.withUnsafeMutableBufferPointer { m in
                    secondMoment.withUnsafeMutableBufferPointer { v in
                        guard let g = g.baseAddress, let w = w.baseAddress, let m = m.baseAddress, let v = v.baseAddress
                        else { return }
                        kernels.table.pointee.adam(w, m, v, g, count, &step)
                    }
                }
            }
        }
    }
}
