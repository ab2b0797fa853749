import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What Adam's momentum does to rows in the steps that did not touch them, made up for when it is needed.
///
/// Dense Adam goes on moving a row after its last gradient: after i more steps by rateᵤ · β₁ⁱ m̂ / (√(β₂ⁱ v̂) + ε). As both moments shrink by
/// fixed factors, the sum of these moves is one number times m / √v. So a row is brought up to date in one pass, and sparse steps equal dense
/// ones (up to ε, which counts once instead of at each step).
package struct AdamDrift: Sendable {
    /// rateᵤ √(1 − β₂ᵘ) / (1 − β₁ᵘ) of each step u so far.
    private var rates: [Double] = []
    private let beta1 = 0.9
    private let beta2 = 0.999
    /// So many missed steps are summed at once.
    private static let chunk = 64
    /// After so many chunks nothing is left of the momentum.
    private static let chunks = 3

    /// No steps yet.
    package init() {}

    /// The number of steps.
    package var steps: Int { rates.count }

    /// Takes note of a step and its learning rate.
    package mutating func append(rate: Double) {
        let number = Double(rates.count + 1)
        rates.append(rate * (1 - pow(beta2, number)).squareRoot() / (1 - pow(beta1, number)))
    }

    /// Moves a row on from a step to the last one.
    func apply(
        from last: Int, _ w: UnsafeMutablePointer<Float>, _ m: UnsafeMutablePointer<Float>,
        _ v: UnsafeMutablePointer<Float>, zeros: UnsafePointer<Float>, _ columns: Int, _ kernels: ck_vector_kernels
    ) {
        var done = last
        for _ in 0..<Self.chunks where done < rates.count {
            let count = min(Self.chunk, rates.count - done)
            let ratio = beta1 / beta2.squareRoot()
            var share = 1.0
            var sum = 0.0
            for step in done..<(done + count) {
                share *= ratio
                sum += rates[step] * share
            }
            // The kernel multiplies the moments with its betas and then moves by m · rate / √v: the sum is divided by what that makes of m / √v.
            var step = ck_adam_step(
                rate: Float(sum / share), correction: 1, beta1: Float(pow(beta1, Double(count))),
                beta2: Float(pow(beta2, Double(count))), epsilon: 1e-8, keep: 1)
            kernels.adam(w, m, v, zeros, columns, &step)
            done += count
        }
        if done < rates.count {
            kernels.scale(0, m, columns)
            kernels.scale(Float(pow(beta2, Double(rates.count - done))), v, columns)
        }
    }

    /// A table whose rows have all been brought to the last step; `last` holds the step of each row, 0 for a row that no step touched.
    package func applied(to table: Matrix, moments: [Matrix], last: Matrix, threads: Int) -> Matrix {
        precondition(moments.count == 2 && last.rows == table.rows, "there are other moments")
        var result = table
        let columns = table.columns
        let w = result.withMutableBase { FloatPointer($0) }
        let m = ConstFloatPointer(moments[0].constBase)
        let v = ConstFloatPointer(moments[1].constBase)
        let steps = ConstFloatPointer(last.constBase)
        let kernels = VectorKernels.best.table.pointee
        FixedParallel.forEachRange(table.rows, size: 128, threads: threads) { range in
            var scratch = [Float](repeating: 0, count: 3 * columns)
            scratch.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                for row in range {
                    let step = Int(steps.base[row])
                    if step == 0 || step == rates.count { continue }
                    (base + columns).update(from: m.base + row * columns, count: columns)
                    (base + 2 * columns).update(from: v.base + row * columns, count: columns)
                    apply(
                        from: step, w.base + row * columns, base + columns, base + 2 * columns, zeros: base, columns,
                        kernels)
                }
            }
        }
        return result
    }
}

extension SparseRows {
    /// Brings the touched rows to the last step, which `last` holds for each row from now on.
    ///
    /// A row that no step touched yet has no momentum.
    package func catchUp(
        _ drift: AdamDrift, table: inout Matrix, moments: inout [Matrix], last: inout Matrix, threads: Int
    ) {
        precondition(moments.count == 2 && last.rows == table.rows && last.columns == 1, "there are other moments")
        let columns = table.columns
        let w = table.withMutableBase { FloatPointer($0) }
        let m = moments[0].withMutableBase { FloatPointer($0) }
        let v = moments[1].withMutableBase { FloatPointer($0) }
        let steps = last.withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        let rows = rows
        FixedParallel.forEachRange(rows.count, size: 128, threads: threads) { range in
            let scratch = [Float](repeating: 0, count: columns)
            scratch.withUnsafeBufferPointer { buffer in
                guard let zeros = buffer.baseAddress else { return }
                for index in range {
                    let row = Int(rows[index])
                    let step = Int(steps.base[row])
                    if step > 0, step < drift.steps {
                        let at = row * columns
                        drift.apply(from: step, w.base + at, m.base + at, v.base + at, zeros: zeros, columns, kernels)
                    }
                    // The step that is about to be made is the row's last one from now on.
                    steps.base[row] = Float(drift.steps + 1)
                }
            }
        }
    }
}
