/// Which rows of a table a batch touched, and which of the batch's texts touched each of them: the transpose of the batch's bags.
///
/// The rows stand in ascending order and their entries in the order of the batch, so sums over them do not depend on threads.
package struct SparseRows: Sendable {
    /// The touched rows in ascending order.
    package private(set) var rows: [Int32] = []
    private var offsets: [Int] = [0]
    private var places: [Int32] = []
    private var weights: [Float] = []
    private var counts: [Int32]

    /// No batch yet, over a table with the given number of rows.
    package init(tableRows: Int) { counts = [Int32](repeating: 0, count: tableRows) }

    /// One group of texts in a batch: which texts, in which bags, and the gradient row of the first.
    package struct Group: Sendable {
        /// The bags that hold the texts.
        package var bags: TokenBags
        /// The texts of the batch.
        package var texts: [Int32]
        /// The gradient row of the first text; the others follow.
        package var firstRow: Int

        /// A group from its parts.
        package init(bags: TokenBags, texts: [Int32], firstRow: Int) {
            self.bags = bags
            self.texts = texts
            self.firstRow = firstRow
        }
    }

    /// Takes up a new batch.
    ///
    /// Complexity: linear in the entries of its texts and the rows of the table.
    package mutating func collect(_ groups: [Group]) {
        var total = 0
        for group in groups {
            precondition(group.bags.vocabularySize <= counts.count, "the bags have ids beyond the table")
            for text in group.texts {
                let range = group.bags.offsets[Int(text)]..<group.bags.offsets[Int(text) + 1]
                total += range.count
                for entry in range { counts[Int(group.bags.ids[entry])] += 1 }
            }
        }
        if places.count < total {
            places = [Int32](repeating: 0, count: total + total / 4)
            weights = [Float](repeating: 0, count: total + total / 4)
        }
        rows.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        var next: Int32 = 0
        for row in counts.indices where counts[row] > 0 {
            rows.append(Int32(row))
            offsets.append(Int(next))
            let count = counts[row]
            counts[row] = next
            next += count
        }
        offsets.append(Int(next))
        for group in groups {
            for (place, text) in group.texts.enumerated() {
                let gradientRow = Int32(group.firstRow + place)
                for entry in group.bags.offsets[Int(text)]..<group.bags.offsets[Int(text) + 1] {
                    let row = Int(group.bags.ids[entry])
                    let slot = Int(counts[row])
                    places[slot] = gradientRow
                    weights[slot] = group.bags.weights[entry]
                    counts[row] += 1
                }
            }
        }
        for row in rows { counts[Int(row)] = 0 }
    }

    /// Sums each touched row's gradient, Σ share · gradient[text], and hands it to an optimizer's step on that row.
    ///
    /// `moments` has as many matrices of the table's shape as the step keeps moments. With a `lengthStep` the logarithm of the row's length
    /// is a parameter of its own beside the row: its gradient is the product of the row and the row's gradient, both as they were before
    /// the step, and `lengthMoments` (a column for each moment) holds its moments.
    package func step(
        _ step: OptimizerStep, gradient: Matrix, table: inout Matrix, moments: inout [Matrix],
        lengthStep: OptimizerStep?,
        lengthMoments: inout Matrix, threads: Int
    ) {
        let columns = table.columns
        precondition(gradient.columns == columns && table.rows == counts.count, "the shapes differ")
        precondition(moments.count == step.moments, "the step keeps other moments")
        precondition(moments.allSatisfy { $0.rows == table.rows && $0.columns == columns }, "the shapes differ")
        let each = lengthMoments.columns
        precondition(lengthStep == nil || (lengthMoments.rows == table.rows && each == lengthStep?.moments))
        let lengths = lengthMoments.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(gradient.constBase)
        let w = table.withMutableBase { FloatPointer($0) }
        let m = moments[0].withMutableBase { FloatPointer($0) }
        let v = moments[moments.count - 1].withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        let rows = rows
        let offsets = offsets
        places.withUnsafeBufferPointer { placeBuffer in
            weights.withUnsafeBufferPointer { weightBuffer in
                let entries = BagEntries(ids: placeBuffer, weights: weightBuffer)
                FixedParallel.forEachRange(rows.count, size: 128, threads: threads) { range in
                    withUnsafeTemporaryAllocation(byteCount: max(columns, 1) * 4, alignment: 64) { raw in
                        let sum = raw.bindMemory(to: Float.self)
                        guard let g = sum.baseAddress else { return }
                        for index in range {
                            let row = Int(rows[index])
                            let at = row * columns
                            entries.gather(offsets[index]..<offsets[index + 1], source.base, columns, g, kernels)
                            let factor = lengthStep.map {
                                $0.lengthFactor(w.base + at, g, columns, lengths.base + each * row, kernels)
                            }
                            step.apply(w.base + at, m.base + at, v.base + at, g, columns, kernels)
                            if let factor { kernels.scale(factor, w.base + at, columns) }
                        }
                    }
                }
            }
        }
    }
}
