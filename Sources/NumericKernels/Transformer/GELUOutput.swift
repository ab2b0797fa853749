extension GELU {
    /// The values of x Φ(x) for each x of `input`, which stays.
    package static func apply(_ input: Matrix, form: Form = .erf, into output: inout Matrix, threads: Int = 1) {
        output.reshape(rows: input.rows, columns: input.columns)
        let source = ConstFloatPointer(input.constBase)
        let target = output.withMutableBase { FloatPointer($0) }
        let kernels = TransformerKernels.best
        FixedParallel.forEachRange(input.count, size: 16_384, threads: threads) { range in
            kernels.activate(form.code, source.base + range.lowerBound, target.base + range.lowerBound, range.count)
        }
        withExtendedLifetime(input) {}
    }
}
