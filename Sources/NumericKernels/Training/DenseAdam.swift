/// AdamW over whole matrices, and the norm by which their gradients are clipped together.
package enum DenseAdam {
    private static let valuesPerPiece = 16_384

    /// One step on all weights; the gradient and both moments have their shape.
    package static func step(
        _ step: AdamStep, gradient: Matrix, weights: inout Matrix, firstMoment: inout Matrix,
        secondMoment: inout Matrix, threads: Int = 1
    ) {
        let count = weights.count
        precondition(
            gradient.count == count && firstMoment.count == count && secondMoment.count == count, "the shapes differ")
        let source = ConstFloatPointer(gradient.constBase)
        let w = weights.withMutableBase { FloatPointer($0) }
        let m = firstMoment.withMutableBase { FloatPointer($0) }
        let v = secondMoment.withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        FixedParallel.forEachRange(count, size: valuesPerPiece, threads: threads) { range in
            let from = range.lowerBound
            OptimizerStep.adam(step).apply(
                w.base + from, m.base + from, v.base + from, source.base + from, range.count, kernels)
        }
    }
}
