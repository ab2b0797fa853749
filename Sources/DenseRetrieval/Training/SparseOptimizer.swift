import NumericKernels

/// An optimizer that changes only the rows a step has touched.
///
/// Moments of a row, and its decay, wait for the steps that touch it, while Adam's bias correction counts all steps (the choice of PyTorch's
/// SparseAdam). On rows that every step touches it equals the dense optimizer; other rows do not drift on old momentum. Adagrad equals the
/// dense one on all rows.
struct SparseOptimizer: Sendable {
    private(set) var table: Matrix
    /// A matrix of the table's shape for each moment.
    private(set) var moments: [Matrix]
    /// Of each row's length, a column for each moment.
    private(set) var lengthMoments: Matrix
    private let kind: OptimizerKind
    private let weightDecay: Double
    private var rows: SparseRows

    init(table: Matrix, kind: OptimizerKind = .adam, weightDecay: Double = 0) {
        self.table = table
        self.kind = kind
        self.weightDecay = weightDecay
        let count = kind.step(1, rate: 0, decay: 0).moments
        moments = (0..<count).map { _ in Matrix(rows: table.rows, columns: table.columns) }
        lengthMoments = Matrix(rows: table.rows, columns: count)
        rows = SparseRows(tableRows: table.rows)
    }

    /// All that a step depends on, for a checkpoint: the table, its moments, those of the rows' lengths.
    var matrices: [Matrix] {
        get { [table] + moments + [lengthMoments] }
        set {
            precondition(newValue.count == moments.count + 2, "the optimizer has other matrices")
            table = newValue[0]
            moments = Array(newValue[1...moments.count])
            lengthMoments = newValue[moments.count + 1]
        }
    }

    /// One step from the gradients of the texts' means; a token's weight (its row's length) has a rate of its own, 0 for none.
    ///
    /// Decay pulls at the row alone, not at its weight.
    mutating func step(
        _ number: Int, rate: Double, weightRate: Double = 0, groups: [SparseRows.Group], gradient: Matrix, threads: Int
    ) {
        rows.collect(groups)
        rows.step(
            kind.step(number, rate: rate, decay: weightDecay), gradient: gradient, table: &table, moments: &moments,
            lengthStep: weightRate > 0 ? kind.step(number, rate: weightRate, decay: 0) : nil,
            lengthMoments: &lengthMoments, threads: threads)
    }
}

extension OptimizerKind {
    fileprivate func step(_ number: Int, rate: Double, decay: Double) -> OptimizerStep {
        switch self {
        case .adam: .adam(AdamStep(number: number, rate: rate))
        case .adamw: .adam(AdamStep(number: number, rate: rate, decay: decay))
        case .adagrad: .adagrad(rate: rate)
        }
    }
}
