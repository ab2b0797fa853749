/// Layer normalisation of rows.
package enum LayerNormalization {
    static let rowsPerPiece = 32

    /// Replaces each row x by (x − mean) / √(variance + epsilon) · weight + bias.
    ///
    /// The variance is that of the whole row (divided by n). Weight and bias have a value for each column. Source: Ba, Kiros, Hinton,
    /// "Layer Normalization", 2016.
    package static func apply(
        _ matrix: inout Matrix, weight: [Float], bias: [Float], epsilon: Float, threads: Int = 1
    ) {
        let columns = matrix.columns
        precondition(weight.count == columns && bias.count == columns, "weight and bias need a value for each column")
        let rows = matrix.rows
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(rows, size: rowsPerPiece, threads: threads) { range in
            weight.withUnsafeBufferPointer { weight in
                bias.withUnsafeBufferPointer { bias in
                    guard let weight = weight.baseAddress, let bias = bias.baseAddress else { return }
                    for row in range {
                        normalize(target.base + row * columns, columns, weight, bias, epsilon)
                    }
                }
            }
        }
    }

    private static func normalize(
        _ x: UnsafeMutablePointer<Float>, _ count: Int, _ weight: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
        _ epsilon: Float
    ) {
        var sum = Lanes.Vector.zero
        for index in stride(from: 0, to: count, by: Lanes.width) { sum += Lanes.load(x + index, count - index) }
        let mean = sum.sum() / Float(count)
        var squares = Lanes.Vector.zero
        var index = 0
        while index + Lanes.width <= count {
            let deviation = Lanes.load(x + index) - mean
            squares += deviation * deviation
            index += Lanes.width
        }
        var square = squares.sum()
        while index < count {
            square += (x[index] - mean) * (x[index] - mean)
            index += 1
        }
        let scale = 1 / (square / Float(count) + epsilon).squareRoot()
        Lanes.update(x, count) { index, values in
            (values - mean) * scale * Lanes.load(weight + index, count - index)
                + Lanes.load(bias + index, count - index)
        }
    }
}
