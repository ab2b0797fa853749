import DecoyTestSupport
import NumericKernels

extension Matrix {
    /// Values between -1 and 1.
    static func random(rows: Int, columns: Int, using generator: inout SeededGenerator) -> Matrix {
        Matrix(
            columns: columns, values: (0..<(rows * columns)).map { _ in Float.random(in: -1...1, using: &generator) })
    }

    /// All values, row by row.
    var values: [Float] { (0..<rows).flatMap { row($0) } }
}

/// A seed of its own for each run, printed where a test fails.
func freshSeed() -> UInt64 { UInt64.random(in: 0 ... .max) }
