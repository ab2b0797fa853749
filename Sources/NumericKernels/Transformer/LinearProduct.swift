import COneDNN

/// The products of a linear layer y = f(x Wᵀ + b) with bias and activation in one pass, in 32-bit floats or in bfloat16.
///
/// W has one row an output. Products of bfloat16 values are summed in 32-bit floats. The cut into panels depends on the shapes alone, so
/// the bits do not depend on the number of threads.
package enum LinearProduct {
    /// The factors of a product, both of one type.
    package enum Factors: Sendable {
        /// 32-bit floats.
        case float32(Matrix, Matrix)
        /// The upper halves of 32-bit floats.
        case bfloat16(BFloat16Matrix, BFloat16Matrix)
    }

    /// The forward pass: X Wᵀ + bias with GELU where a form is given; X is m x k, W n x k, the bias has n values.
    package static func forward(
        _ factors: Factors, bias: [Float]? = nil, activation: GELU.Form? = nil, into output: inout Matrix,
        threads: Int = 1, engine: ProductEngine = .platform
    ) {
        run(factors, false, true, bias, activation, false, &output, threads, engine)
    }

    /// The gradient of the input: ∂Y W; ∂Y is m x n, W n x k.
    package static func inputGradient(
        _ factors: Factors, into output: inout Matrix, accumulate: Bool = false, threads: Int = 1,
        engine: ProductEngine = .platform
    ) {
        run(factors, false, false, nil, nil, accumulate, &output, threads, engine)
    }

    /// The gradient of the weights: ∂Yᵀ X; ∂Y is m x n, X m x k.
    package static func weightGradient(
        _ factors: Factors, into output: inout Matrix, accumulate: Bool = false, threads: Int = 1,
        engine: ProductEngine = .platform
    ) {
        run(factors, true, false, nil, nil, accumulate, &output, threads, engine)
    }

    private static func run(
        _ factors: Factors, _ transposeA: Bool, _ transposeB: Bool, _ bias: [Float]?, _ activation: GELU.Form?,
        _ accumulate: Bool, _ output: inout Matrix, _ threads: Int, _ engine: ProductEngine
    ) {
        let (a, b) = factors.shapes
        let m = transposeA ? a.columns : a.rows
        let k = transposeA ? a.rows : a.columns
        let n = transposeB ? b.rows : b.columns
        precondition(k == (transposeB ? b.columns : b.rows), "the inner sizes differ")
        precondition(bias.map { $0.count == n } ?? true, "one bias a column")
        if accumulate {
            precondition(output.rows == m && output.columns == n, "the result has another shape")
        } else {
            output.reshape(rows: m, columns: n)
        }
        let target = output.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(m, size: MatrixProduct.panel(m), threads: threads) { range in
            let base = target.base + range.lowerBound * n
            let done =
                engine == .platform && k > 0 && n > 0 && activation != .rectified
                && factors.withBases { isHalf, left, right in
                    let size = isHalf ? MemoryLayout<UInt16>.size : MemoryLayout<Float>.size
                    let start = left + range.lowerBound * (transposeA ? 1 : a.columns) * size
                    return (bias ?? []).withUnsafeBufferPointer { bias in
                        var product = conednn_product()
                        product.bfloat16 = isHalf ? 1 : 0
                        (product.m, product.n, product.k) = (range.count, n, k)
                        product.a = start
                        (product.a_row, product.a_column) = transposeA ? (1, a.columns) : (a.columns, 1)
                        product.b = right
                        (product.b_row, product.b_column) = transposeB ? (1, b.columns) : (b.columns, 1)
                        product.bias = bias.isEmpty ? nil : bias.baseAddress
                        product.activation =
                            activation.map { Int32($0 == .erf ? CONEDNN_GELU_ERF : CONEDNN_GELU_TANH) } ?? 0
                        product.accumulate = accumulate ? 1 : 0
                        (product.c, product.ldc) = (base, n)
                        return conednn_multiply(&product) == 0
                    }
                }
            if done { return }
            for row in range {
                for column in 0..<n {
                    var sum = (bias?[column] ?? 0) + (accumulate ? target.base[row * n + column] : 0)
                    for inner in 0..<k {
                        sum += factors.product(
                            transposeA ? (inner, row) : (row, inner), transposeB ? (column, inner) : (inner, column))
                    }
                    target.base[row * n + column] = sum
                }
            }
            if let activation { GELU.apply(base, range.count * n, form: activation) }
        }
    }
}

extension LinearProduct.Factors {
    /// The shapes as stored.
    fileprivate var shapes: (left: (rows: Int, columns: Int), right: (rows: Int, columns: Int)) {
        switch self {
        case .float32(let a, let b): ((a.rows, a.columns), (b.rows, b.columns))
        case .bfloat16(let a, let b): ((a.rows, a.columns), (b.rows, b.columns))
        }
    }

    /// The memory of both.
    fileprivate func withBases(_ body: (_ isHalf: Bool, UnsafeRawPointer, UnsafeRawPointer) -> Bool) -> Bool {
        switch self {
        case .float32(let a, let b): return body(false, UnsafeRawPointer(a.constBase), UnsafeRawPointer(b.constBase))
        case .bfloat16(let a, let b):
            return a.bits.withUnsafeBytes { left in
                b.bits.withUnsafeBytes { right in
                    guard let left = left.baseAddress, let right = right.baseAddress else { return false }
                    return body(true, left, right)
                }
            }
        }
    }

    /// The product of two elements.
    fileprivate func product(_ left: (Int, Int), _ right: (Int, Int)) -> Float {
        switch self {
        case .float32(let a, let b): a[left.0, left.1] * b[right.0, right.1]
        case .bfloat16(let a, let b): a[left.0, left.1] * b[right.0, right.1]
        }
    }
}
