import COneDNN

/// The products of a linear layer y = f(x Wᵀ + b) with bias and activation in one pass, in 32-bit floats or in bfloat16.
///
/// W has one row an output. Products of bfloat16 values are summed in 32-bit floats. The cut into panels depends on the shapes alone, so
/// the bits do not depend on the number of threads. In the forward pass those of a row do not depend on the other rows either.
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

    /// The most rows of the result that are computed at once.
    private static let rowsPerPanel = 192

    /// Where the bits of a row depend on the number of rows beside it, the forward pass computes always this many, zeros among them.
    private static let fixedRows = ProductLibrary.isThere && conednn_rows_are_independent() == 0 ? 64 : nil

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
        guard m > 0, n > 0 else { return }
        let isPlatform = engine == .platform && k > 0
        let factors = isPlatform && !ProductLibrary.isThere ? factors.widened : factors
        let target = output.withMutableBase { FloatPointer($0) }
        let fixed = isPlatform && !transposeA && !accumulate ? fixedRows : nil
        let half = max(64, (m + 1) / 2 + 15) / 16 * 16
        FixedParallel.forEachRange(m, size: fixed ?? min(rowsPerPanel, half), threads: threads) { range in
            let base = target.base + range.lowerBound * n
            factors.withBases { isHalf, left, right in
                let size = isHalf ? MemoryLayout<UInt16>.size : MemoryLayout<Float>.size
                let start = left + range.lowerBound * (transposeA ? 1 : a.columns) * size
                let fused = activation == .rectified ? nil : activation
                var isActivated = false
                if isPlatform {
                    isActivated = (bias ?? []).withUnsafeBufferPointer { bias in
                        var product = conednn_product()
                        product.bfloat16 = isHalf ? 1 : 0
                        (product.m, product.n, product.k) = (range.count, n, k)
                        product.a = start
                        (product.a_row, product.a_column) = transposeA ? (1, a.columns) : (a.columns, 1)
                        product.b = right
                        (product.b_row, product.b_column) = transposeB ? (1, b.columns) : (b.columns, 1)
                        product.bias = bias.isEmpty ? nil : bias.baseAddress
                        product.activation = fused.map { Int32($0 == .erf ? CONEDNN_GELU_ERF : CONEDNN_GELU_TANH) } ?? 0
                        product.accumulate = accumulate ? 1 : 0
                        (product.c, product.ldc) = (base, n)
                        return multiply(&product, rows: fixed ?? range.count, rowSize: k * size)
                    }
                    if isActivated, activation == fused { return }
                }
                if !isActivated {
                    if isHalf {
                        factors.multiply(
                            transposeA, transposeB, rows: range, n: n, k: k, accumulate: accumulate, into: base)
                    } else {
                        engine.multiply(
                            transposeA: transposeA, transposeB: transposeB, m: range.count, n: n, k: k, alpha: 1,
                            a: start.assumingMemoryBound(to: Float.self), lda: a.columns,
                            b: right.assumingMemoryBound(to: Float.self), ldb: b.columns, beta: accumulate ? 1 : 0,
                            c: base, ldc: n)
                    }
                    bias?.withPointer { bias in
                        for row in 0..<range.count { TransformerKernels.best.add(bias.base, base + row * n, n) }
                    }
                }
                if let activation { GELU.apply(base, range.count * n, form: activation) }
            }
        }
    }

    /// Whether the library computed the product, over `rows` rows of which those behind the product's own are zeros.
    private static func multiply(_ product: inout conednn_product, rows: Int, rowSize: Int) -> Bool {
        let count = product.m
        guard rows > count, let a = product.a, let c = product.c else { return conednn_multiply(&product) == 0 }
        let padded = UnsafeMutableRawPointer.allocate(byteCount: rows * rowSize, alignment: 64)
        let result = UnsafeMutablePointer<Float>.allocate(capacity: rows * product.n)
        defer {
            padded.deallocate()
            result.deallocate()
        }
        padded.initializeMemory(as: UInt8.self, repeating: 0, count: rows * rowSize)
        padded.copyMemory(from: a, byteCount: count * rowSize)
        (product.m, product.a, product.c) = (rows, UnsafeRawPointer(padded), result)
        guard conednn_multiply(&product) == 0 else { return false }
        c.update(from: result, count: count * product.n)
        return true
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
    fileprivate func withBases(_ body: (_ isHalf: Bool, UnsafeRawPointer, UnsafeRawPointer) -> Void) {
        switch self {
        case .float32(let a, let b): body(false, UnsafeRawPointer(a.constBase), UnsafeRawPointer(b.constBase))
        case .bfloat16(let a, let b):
            a.bits.withUnsafeBytes { left in
                b.bits.withUnsafeBytes { right in
                    // Nothing is read where there is nothing.
                    let nothing = UnsafeRawPointer(bitPattern: MemoryLayout<UInt16>.alignment)
                    guard let left = left.baseAddress ?? nothing, let right = right.baseAddress ?? nothing else {
                        return
                    }
                    body(true, left, right)
                }
            }
        }
    }

    /// The same values as 32-bit floats.
    fileprivate var widened: Self {
        guard case .bfloat16(let a, let b) = self else { return self }
        return .float32(a.widened, b.widened)
    }

    /// The product in plain loops.
    fileprivate func multiply(
        _ transposeA: Bool, _ transposeB: Bool, rows: Range<Int>, n: Int, k: Int, accumulate: Bool,
        into c: UnsafeMutablePointer<Float>
    ) {
        guard case .bfloat16(let a, let b) = self else { return }
        for row in rows {
            let out = c + (row - rows.lowerBound) * n
            for column in 0..<n {
                var sum = accumulate ? out[column] : 0
                for inner in 0..<k {
                    let left = transposeA ? a[inner, row] : a[row, inner]
                    sum += left * (transposeB ? b[column, inner] : b[inner, column])
                }
                out[column] = sum
            }
        }
    }
}
