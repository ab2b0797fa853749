/// A matrix most of whose values are 0, in compressed rows.
package struct SparseMatrix: Sendable {
    /// The number of rows.
    package var rows: Int { offsets.count - 1 }
    /// The number of columns.
    package let columns: Int
    /// Where each row's entries begin; one more than there are rows.
    package let offsets: [Int]
    /// The columns of the entries, ascending in each row.
    package let places: [Int32]
    /// The values of the entries.
    package let values: [Float]

    /// A matrix from its entries; the offsets must ascend from 0 to their number, and the places must be columns.
    package init(columns: Int, offsets: [Int], places: [Int32], values: [Float]) {
        precondition(offsets.first == 0 && offsets.last == places.count, "the offsets do not span the entries")
        precondition(places.count == values.count, "there are other numbers of places and values")
        precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "the offsets descend")
        precondition(places.allSatisfy { $0 >= 0 && $0 < columns }, "an entry lies outside of the columns")
        self.columns = columns
        self.offsets = offsets
        self.places = places
        self.values = values
    }

    /// The product with a dense matrix.
    ///
    /// Complexity: O(entries · columns of the other). The bits do not depend on the number of threads.
    package func multiplied(by other: Matrix, threads: Int) -> Matrix {
        precondition(columns == other.rows, "the inner sizes differ")
        var result = Matrix(rows: rows, columns: other.columns)
        let width = other.columns
        let target = result.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(other.constBase)
        let kernels = VectorKernels.best.table.pointee
        places.withUnsafeBufferPointer { placeBuffer in
            values.withUnsafeBufferPointer { valueBuffer in
                let entries = BagEntries(ids: placeBuffer, weights: valueBuffer)
                FixedParallel.forEachRange(rows, size: 64, threads: threads) { range in
                    for row in range {
                        entries.gather(
                            offsets[row]..<offsets[row + 1], source.base, width, target.base + row * width, kernels)
                    }
                }
            }
        }
        return result
    }
}
