extension GELU {
    /// The values of x Φ(x) for each x of `input`, which stays.
    package static func apply(_ input: Matrix, form: Form = .erf, into output: inout Matrix, threads: Int = 1) {
        output.reshape(rows: input.rows, columns: input.columns)
        let source = ConstFloatPointer(input.constBase)
        let target = output.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(input.count, size: 4096, threads: threads) { range in
            (target.base + range.lowerBound).update(from: source.base + range.lowerBound, count: range.count)
            apply(target.base + range.lowerBound, range.count, form: form)
        }
        withExtendedLifetime(input) {}
    }
}
