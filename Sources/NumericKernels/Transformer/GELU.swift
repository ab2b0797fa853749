import CKernels

/// The Gaussian error linear unit x Φ(x) and its derivative (Hendrycks and Gimpel: Gaussian Error Linear Units, 2016).
package enum GELU {
    /// How Φ is computed.
    package enum Form: Sendable, Hashable, CaseIterable {
        /// Φ(x) = (1 + erf(x / √2)) / 2, "gelu" in model configurations.
        case erf
        /// Φ(x) ≈ (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, "gelu_new" or "gelu_pytorch_tanh" in model configurations.
        case tanh
        /// max(x, 0): no GELU, and kept here because it stands in its place.
        case rectified
    }

    private static let valuesPerPiece = 16_384

    /// Replaces each value x by x Φ(x), to an absolute error of 3 · 10⁻⁷ · max(1, |x|).
    package static func apply(_ matrix: inout Matrix, form: Form = .erf, threads: Int = 1) {
        let count = matrix.count
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(count, size: valuesPerPiece, threads: threads) { range in
            apply(target.base + range.lowerBound, range.count, form: form)
        }
    }

    /// The same for the values of `input`, rounded to bfloat16.
    package static func apply(
        _ input: Matrix, form: Form = .erf, into output: inout BFloat16Matrix, threads: Int = 1
    ) {
        output.reshape(rows: input.rows, columns: input.columns)
        let source = ConstFloatPointer(input.constBase)
        let kernels = TransformerKernels.best
        output.withMutableBase { target in
            FixedParallel.forEachRange(input.count, size: valuesPerPiece, threads: threads) { range in
                let from = range.lowerBound
                kernels.activate_half(form.code, source.base + from, target.base + from, range.count)
            }
        }
        withExtendedLifetime(input) {}
    }

    /// Replaces `count` values.
    static func apply(_ base: UnsafeMutablePointer<Float>, _ count: Int, form: Form) {
        TransformerKernels.best.activate(form.code, base, base, count)
    }

    /// Multiplies each gradient with the derivative at the input that `apply` was given; both have the same shape.
    ///
    /// The derivative is Φ(x) + x φ(x), or for the tanh form s + x s (1 − s) 2u′ with u = √(2/π) (x + 0.044715 x³) and s = 1 / (1 + e⁻²ᵘ).
    package static func backpropagate(
        input: Matrix, gradient: inout Matrix, form: Form = .erf, threads: Int = 1
    ) {
        precondition(input.rows == gradient.rows && input.columns == gradient.columns, "the shapes differ")
        let source = ConstFloatPointer(input.constBase)
        let target = gradient.withMutableBase { FloatPointer($0) }
        let kernels = TransformerKernels.best
        FixedParallel.forEachRange(input.count, size: valuesPerPiece, threads: threads) { range in
            let from = range.lowerBound
            kernels.activate_gradient(form.code, source.base + from, target.base + from, range.count)
        }
        withExtendedLifetime(input) {}
    }
}

extension GELU.Form {
    /// The name of the form in the loops.
    var code: Int32 {
        switch self {
        case .erf: Int32(CK_GELU_ERF)
        case .tanh: Int32(CK_GELU_TANH)
        case .rectified: Int32(CK_RECTIFIED)
        }
    }
}
