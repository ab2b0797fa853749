import NumericKernels

/// An optimizer that changes only the rows a step has touched, with the result of one that changes all of them.
///
/// Adam's momentum moves a row on in steps that do not touch it: that is made up for when the row is needed again (`AdamDrift`), so tables equal
/// those of the dense optimizer. Not so the decay of AdamW and the moments of rows' lengths, which wait for the steps that touch the row.
/// Adagrad has no momentum and equals the dense one as it is.
struct SparseOptimizer: Sendable {
    /// The rows, each as of the last step that touched it.
    private(set) var table: Matrix
    /// A matrix of the table's shape for each moment.
    private(set) var moments: [Matrix]
    /// Of each row's length, a column for each moment.
    private(set) var lengthMoments: Matrix
    /// The last step that touched each row.
    private var lastSteps: Matrix
    private var drift = AdamDrift()
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
        lastSteps = Matrix(rows: table.rows, columns: 1)
        rows = SparseRows(tableRows: table.rows)
    }

    /// All that a step depends on besides the learning rates so far, for a checkpoint: the table, its moments, those of the rows' lengths, the
    /// last step of each row.
    var matrices: [Matrix] { [table] + moments + [lengthMoments, lastSteps] }

    /// Takes up what a checkpoint holds, and the learning rates of the steps before.
    mutating func restore(_ matrices: [Matrix], rates: [Double]) {
        precondition(matrices.count == moments.count + 3, "the optimizer has other matrices")
        table = matrices[0]
        moments = Array(matrices[1...moments.count])
        lengthMoments = matrices[moments.count + 1]
        lastSteps = matrices[moments.count + 2]
        drift = AdamDrift()
        for rate in rates { drift.append(rate: rate) }
    }

    private var drifts: Bool { kind != .adagrad }

    /// The table with all rows as of the last step.
    func currentTable(threads: Int) -> Matrix {
        drifts ? drift.applied(to: table, moments: moments, last: lastSteps, threads: threads) : table
    }

    /// Brings the rows of texts up to date, for a step on them.
    mutating func prepare(_ groups: [SparseRows.Group], threads: Int) {
        rows.collect(groups)
        if drifts { rows.catchUp(drift, table: &table, moments: &moments, last: &lastSteps, threads: threads) }
    }

    /// One step on the rows that were prepared, from the gradients of the texts' means; a token's weight (its row's length) has a rate of its
    /// own, 0 for none.
    ///
    /// Decay pulls at the row alone, not at its weight.
    mutating func step(_ number: Int, rate: Double, weightRate: Double = 0, gradient: Matrix, threads: Int) {
        rows.step(
            kind.step(number, rate: rate, decay: weightDecay), gradient: gradient, table: &table, moments: &moments,
            lengthStep: weightRate > 0 ? kind.step(number, rate: weightRate, decay: 0) : nil,
            lengthMoments: &lengthMoments, threads: threads)
        drift.append(rate: rate)
    }

    /// A step that touches no row.
    mutating func skip(rate: Double) { drift.append(rate: rate) }
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
