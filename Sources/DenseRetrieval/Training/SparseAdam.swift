import NumericKernels

/// Adam that changes only the rows a step has touched.
///
/// Moments of a row decay only in the steps that touch it, while the bias correction counts all steps (the choice of PyTorch's SparseAdam).
/// On rows that every step touches it equals dense Adam; other rows do not drift on old momentum.
struct SparseAdam: Sendable {
    private(set) var table: Matrix
    private(set) var firstMoment: Matrix
    private var secondMoment: Matrix
    private(set) var lengthMoments: Matrix
    private var rows: SparseRows

    init(table: Matrix) {
        self.table = table
        firstMoment = Matrix(rows: table.rows, columns: table.columns)
        secondMoment = Matrix(rows: table.rows, columns: table.columns)
        lengthMoments = Matrix(rows: table.rows, columns: 2)
        rows = SparseRows(tableRows: table.rows)
    }

    /// All that a step depends on, for a checkpoint.
    var matrices: [Matrix] {
        get { [table, firstMoment, secondMoment, lengthMoments] }
        set {
            precondition(newValue.count == 4, "an optimizer has four matrices")
            table = newValue[0]
            firstMoment = newValue[1]
            secondMoment = newValue[2]
            lengthMoments = newValue[3]
        }
    }

    /// One step from the gradients of the texts' means; a token's weight (its row's length) has a rate of its own, 0 for none.
    mutating func step(
        _ number: Int, rate: Double, weightRate: Double = 0, groups: [SparseRows.Group], gradient: Matrix, threads: Int
    ) {
        rows.collect(groups)
        rows.adam(
            gradient: gradient, table: &table, firstMoment: &firstMoment, secondMoment: &secondMoment,
            step: AdamStep(number: number, rate: rate), lengthMoments: &lengthMoments,
            lengthStep: weightRate > 0 ? AdamStep(number: number, rate: weightRate) : nil, threads: threads)
    }
}
