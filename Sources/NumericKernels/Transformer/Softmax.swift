/// Softmax of rows.
package enum Softmax {
    /// Replaces each row by exp(xⱼ − max) / Σ exp(xᵢ − max).
    package static func apply(_ matrix: inout Matrix, threads: Int = 1) {
        let columns = matrix.columns
        let rows = matrix.rows
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(rows, size: LayerNormalization.rowsPerPiece, threads: threads) { range in
            for row in range { apply(target.base + row * columns, columns) }
        }
    }

    /// The same for one row in memory.
    static func apply(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        guard count > 0 else { return }
        var greatest = Lanes.Vector(repeating: x[0])
        var index = 0
        while index + Lanes.width <= count {
            let values = Lanes.load(x + index)
            greatest.replace(with: values, where: values .> greatest)
            index += Lanes.width
        }
        var maximum = greatest.max()
        while index < count {
            maximum = max(maximum, x[index])
            index += 1
        }
        Lanes.update(x, count) { _, values in Lanes.exp(values - maximum) }
        var sum = Lanes.Vector.zero
        for index in stride(from: 0, to: count, by: Lanes.width) { sum += Lanes.load(x + index, count - index) }
        let scale = 1 / sum.sum()
        Lanes.update(x, count) { _, values in values * scale }
    }
}
