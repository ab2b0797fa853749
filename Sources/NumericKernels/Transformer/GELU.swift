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

    /// Replaces `count` values.
    static func apply(_ base: UnsafeMutablePointer<Float>, _ count: Int, form: Form) {
        switch form {
        case .erf: VectorFunctions.map(base, base, count) { x, _ in x * normal(x).distribution }
        case .tanh: VectorFunctions.map(base, base, count) { x, _ in x * logistic(x).distribution }
        case .rectified: VectorFunctions.map(base, base, count) { x, _ in x.replacing(with: 0, where: x .< 0) }
        }
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
        FixedParallel.forEachRange(input.count, size: valuesPerPiece, threads: threads) { range in
            let base = target.base + range.lowerBound
            let from = source.base + range.lowerBound
            switch form {
            case .erf:
                VectorFunctions.map(base, from, range.count) { gradient, x in
                    let (distribution, density) = normal(x)
                    return gradient * (distribution + x * density)
                }
            case .tanh:
                VectorFunctions.map(base, from, range.count) { gradient, x in
                    let (distribution, slope) = logistic(x)
                    return gradient * (distribution + x * slope)
                }
            case .rectified:
                VectorFunctions.map(base, from, range.count) { gradient, x in
                    gradient.replacing(with: 0, where: x .<= 0)
                }
            }
        }
    }

    /// Φ and φ of the normal distribution; erf after Abramowitz and Stegun 7.1.26, absolute error 1.5 · 10⁻⁷.
    @inline(__always)
    private static func normal(_ x: Lanes) -> (distribution: Lanes, density: Lanes) {
        let magnitude = x.replacing(with: -x, where: x .< 0)
        let bell = VectorFunctions.exp(x * x * -0.5)
        let t = 1 / (magnitude * (0.327_591_1 * 0.707_106_78) + 1)
        var p = t * 1.061_405_429 - 1.453_152_027
        p = p * t + 1.421_413_741
        p = p * t - 0.284_496_736
        p = p * t + 0.254_829_592
        let tail = p * t * bell * 0.5
        return (tail.replacing(with: 1 - tail, where: x .>= 0), bell * 0.398_942_28)
    }

    /// The logistic approximation s of Φ and its derivative.
    @inline(__always)
    private static func logistic(_ x: Lanes) -> (distribution: Lanes, slope: Lanes) {
        let root: Float = 0.797_884_56
        let square = x * x
        let s = 1 / (VectorFunctions.exp(x * (square * 0.044_715 + 1) * (-2 * root)) + 1)
        return (s, s * (1 - s) * (square * (3 * 0.044_715) + 1) * (2 * root))
    }
}
