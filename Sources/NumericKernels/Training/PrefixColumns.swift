/// The first columns of a matrix as a matrix of their own, and back.
extension Matrix {
    /// Becomes the first `count` columns of another matrix.
    package mutating func takePrefix(of other: Matrix, columns count: Int, threads: Int) {
        precondition(count >= 0 && count <= other.columns, "there are fewer columns")
        reshape(rows: other.rows, columns: count)
        let width = other.columns
        let source = ConstFloatPointer(other.constBase)
        let target = withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(rows, size: 256, threads: threads) { range in
            for row in range { (target.base + row * count).update(from: source.base + row * width, count: count) }
        }
    }

    /// Adds another matrix to the first columns.
    package mutating func addPrefix(_ other: Matrix, threads: Int) {
        precondition(other.columns <= columns && other.rows == rows, "the shapes differ")
        let count = other.columns
        let width = columns
        let source = ConstFloatPointer(other.constBase)
        let target = withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        FixedParallel.forEachRange(rows, size: 256, threads: threads) { range in
            for row in range { kernels.axpy(1, source.base + row * count, target.base + row * width, count) }
        }
    }
}
