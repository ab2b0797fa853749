/// The activations between the two layers of a transformer's feed-forward part.
package enum GELU {
    /// Which formula.
    package enum Form: Sendable, Hashable {
        /// x Φ(x) = x (1 + erf(x / √2)) / 2.
        case exact
        /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
        case tanh
        /// max(x, 0): no GELU, and kept here because it stands in its place.
        case rectified
    }

    /// Replaces every value by its activation.
    ///
    /// Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
    package static func apply(_ matrix: inout Matrix, form: Form = .exact, threads: Int = 1) {
        let columns = matrix.columns
        let rows = matrix.rows
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(rows, size: LayerNormalization.rowsPerPiece, threads: threads) { range in
            let base = target.base + range.lowerBound * columns
            let count = range.count * columns
            switch form {
            case .exact:
                Lanes.update(base, count) { _, x in x * 0.5 * (Lanes.erf(x * 0.707_106_78) + 1) }
            case .tanh:
                // (1 + tanh u) / 2 = 1 / (1 + exp(−2u)).
                Lanes.update(base, count) { _, x in
                    let u = (x + x * x * x * 0.044_715) * 0.797_884_56
                    return x / (Lanes.exp(u * -2) + 1)
                }
            case .rectified:
                Lanes.update(base, count) { _, x in
                    x.clamped(lowerBound: .zero, upperBound: .init(repeating: .infinity))
                }
            }
        }
    }
}
