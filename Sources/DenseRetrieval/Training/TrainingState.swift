import NumericKernels

/// The weights in training and the memory of a step.
struct TrainingState: Sendable {
    /// One optimizer where the towers are shared, else the query tower's and the document tower's.
    private(set) var optimizers: [SparseOptimizer]
    private(set) var steps = 0
    private var vectors = Matrix(rows: 0, columns: 0)
    private var gradient = Matrix(rows: 0, columns: 0)
    private var norms: [Float] = []
    private var scoring = BatchScoring()
    /// Whether a vector of the last step was too long for a number.
    private(set) var overflows = false
    /// The temperature if it is learnt; nil before the first step and where it is fixed.
    private(set) var temperature: LearntTemperature?

    init(_ model: DualEncoder, options: TrainingOptions = TrainingOptions()) {
        let tables =
            switch model.towers {
            case .shared: [model.documentEncoder.table]
            case .separate: [model.queryEncoder.table, model.documentEncoder.table]
            }
        optimizers = tables.map {
            SparseOptimizer(table: $0, kind: options.optimizer, weightDecay: options.effectiveWeightDecay)
        }
    }

    /// The table of each tower, all rows as of the last step.
    ///
    /// Complexity: a copy of the tables.
    func currentTables(threads: Int) -> [Matrix] { optimizers.map { $0.currentTable(threads: threads) } }

    /// All that a step depends on, for a checkpoint.
    var matrices: [Matrix] { optimizers.flatMap(\.matrices) }

    /// Takes up what a checkpoint of the same shapes holds.
    ///
    /// `rates` are the learning rates of the steps so far.
    mutating func restore(_ matrices: [Matrix], rates: [Double], temperature: LearntTemperature?) {
        let each = matrices.count / optimizers.count
        for place in optimizers.indices {
            optimizers[place].restore(Array(matrices[(place * each)..<((place + 1) * each)]), rates: rates)
        }
        steps = rates.count
        self.temperature = temperature
    }

    /// Whether all weights are numbers.
    ///
    /// Complexity: linear in the tables.
    var isFinite: Bool {
        optimizers.map(\.table).allSatisfy { table in
            (0..<table.rows).allSatisfy { row in
                table.withRow(row) { VectorKernels.best.dot($0, $0).isFinite }
            }
        }
    }

    /// One step on a batch; returns its mean loss.
    mutating func step(
        _ batch: ContrastiveBatch, set: TrainingSet, objective: TrainingObjective, rate: Double, weightRate: Double = 0,
        temperatureRate: Double = 0, threads: Int, engine: ProductEngine = .platform
    ) -> Float {
        let queries = batch.queries.count
        steps += 1
        // A positive without any other document has loss 0 and gradient 0.
        if batch.documents.count < 2 {
            for place in optimizers.indices { optimizers[place].skip(rate: rate) }
            return 0
        }
        if temperatureRate > 0, temperature == nil { temperature = LearntTemperature(objective.temperature) }
        let queryGroup = SparseRows.Group(bags: set.queryBags, texts: batch.queries, firstRow: 0)
        let documentGroup = SparseRows.Group(bags: set.documentBags, texts: batch.documents, firstRow: queries)
        let groups = optimizers.count == 1 ? [[queryGroup, documentGroup]] : [[queryGroup], [documentGroup]]
        for (place, group) in groups.enumerated() { optimizers[place].prepare(group, threads: threads) }
        let value = backpropagate(batch, set: set, objective: objective, threads: threads, engine: engine)
        temperature?.step(steps, rate: temperatureRate, slope: scoring.temperatureSlope)
        for place in optimizers.indices {
            optimizers[place].step(steps, rate: rate, weightRate: weightRate, gradient: gradient, threads: threads)
        }
        return value
    }

    /// The mean loss of a batch; leaves the gradient of every text's mean row behind.
    private mutating func backpropagate(
        _ batch: ContrastiveBatch, set: TrainingSet, objective: TrainingObjective, threads: Int,
        engine: ProductEngine
    ) -> Float {
        let queries = batch.queries.count
        let documentTable = optimizers[optimizers.count - 1].table
        vectors.reshape(rows: queries + batch.documents.count, columns: documentTable.columns)
        vectors.gatherMeans(of: batch.queries, in: set.queryBags, from: optimizers[0].table, at: 0, threads: threads)
        vectors.gatherMeans(
            of: batch.documents, in: set.documentBags, from: documentTable, at: queries, threads: threads)
        RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        overflows = !norms.allSatisfy(\.isFinite)
        let value = scoring.run(
            batch, vectors: vectors, objective: objective, temperature: temperature?.value ?? objective.temperature,
            gradient: &gradient, threads: threads, engine: engine)
        RowNormalization.backpropagate(unit: vectors, norms: norms, gradient: &gradient, threads: threads)
        return Float(value)
    }
}
