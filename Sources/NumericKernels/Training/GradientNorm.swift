/// The common norm of gradients and their scaling.
package enum GradientNorm {
    private static let valuesPerPiece = 65_536

    /// √Σ g² over all values of all matrices; pieces are summed in double precision in their order, so the bits do not depend on threads.
    package static func of(_ gradients: [Matrix], threads: Int = 1) -> Double {
        let kernels = VectorKernels.best.table.pointee
        var squares = 0.0
        for gradient in gradients {
            let source = ConstFloatPointer(gradient.constBase)
            let count = gradient.count
            let pieces = (count + valuesPerPiece - 1) / valuesPerPiece
            let sums = FixedParallel.map(pieces, threads: threads) { piece in
                let start = piece * valuesPerPiece
                var sum = 0.0
                for from in Swift.stride(from: start, to: min(start + valuesPerPiece, count), by: 1024) {
                    var square: Float = 0
                    let length = min(1024, count - from)
                    kernels.dots(
                        source.base + from, 1, length, source.base + from, 1, length, length, &square, 1)
                    sum += Double(square)
                }
                return sum
            }
            for sum in sums { squares += sum }
        }
        withExtendedLifetime(gradients) {}
        return squares.squareRoot()
    }

    /// Multiplies all values with a factor.
    package static func scale(_ gradient: inout Matrix, by factor: Float, threads: Int = 1) {
        let count = gradient.count
        let target = gradient.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(count, size: valuesPerPiece, threads: threads) { range in
            let base = target.base + range.lowerBound
            VectorFunctions.map(base, base, range.count) { value, _ in value * factor }
        }
    }
}

extension Matrix {
    /// Takes the shape and the values of another matrix into its own memory.
    package mutating func copy(_ other: Matrix, threads: Int = 1) {
        reshape(rows: other.rows, columns: other.columns)
        let source = ConstFloatPointer(other.constBase)
        let target = withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(other.count, size: 65_536, threads: threads) { range in
            (target.base + range.lowerBound).update(from: source.base + range.lowerBound, count: range.count)
        }
        withExtendedLifetime(other) {}
    }
}
