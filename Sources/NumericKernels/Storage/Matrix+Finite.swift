extension Matrix {
    /// Whether the squares of each row have a sum that is a number.
    ///
    /// Complexity: linear in the values.
    package var isFinite: Bool {
        (0..<rows).allSatisfy { row in withRow(row) { VectorKernels.best.dot($0, $0).isFinite } }
    }
}
