import NumericKernels

/// The weights in training and the memory of a step.
struct TrainingState: Sendable {
    /// One optimizer where the towers are shared, else the query tower's and the document tower's.
    private(set) var optimizers: [SparseAdam]
    private(set) var steps = 0
    private var vectors = Matrix(rows: 0, columns: 0)
    private var gradient = Matrix(rows: 0, columns: 0)
    private var norms: [Float] = []
    private var losses: [Float] = []
    private var scores = ScoreBackpropagation()

    init(_ model: DualEncoder) {
        switch model.towers {
        case .shared: optimizers = [SparseAdam(table: model.documentEncoder.table)]
        case .separate:
            optimizers = [SparseAdam(table: model.queryEncoder.table), SparseAdam(table: model.documentEncoder.table)]
        }
    }

    /// The table of each tower.
    var tables: [Matrix] { optimizers.map(\.table) }

    /// The table that encodes queries.
    var queryTable: Matrix { optimizers[0].table }

    /// The table that encodes documents.
    var documentTable: Matrix { optimizers[optimizers.count - 1].table }

    /// All that a step depends on, for a checkpoint.
    var matrices: [Matrix] { optimizers.flatMap(\.matrices) }

    /// Takes up what a checkpoint of the same shapes holds.
    mutating func restore(_ matrices: [Matrix], steps: Int) {
        let each = matrices.count / optimizers.count
        for place in optimizers.indices {
            optimizers[place].matrices = Array(matrices[(place * each)..<((place + 1) * each)])
        }
        self.steps = steps
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
        _ batch: ContrastiveBatch, set: TrainingSet, loss: InfoNCE, rate: Double, weightRate: Double = 0, threads: Int,
        engine: ProductEngine = .platform
    ) -> Float {
        let queries = batch.queries.count
        steps += 1
        // A positive without any other document has loss 0 and gradient 0.
        if batch.documents.count < 2 { return 0 }
        let value = backpropagate(batch, set: set, loss: loss, threads: threads, engine: engine)
        let queryGroup = SparseRows.Group(bags: set.queryBags, texts: batch.queries, firstRow: 0)
        let documentGroup = SparseRows.Group(bags: set.documentBags, texts: batch.documents, firstRow: queries)
        if optimizers.count == 1 {
            optimizers[0].step(
                steps, rate: rate, weightRate: weightRate, groups: [queryGroup, documentGroup], gradient: gradient,
                threads: threads)
        } else {
            optimizers[0].step(
                steps, rate: rate, weightRate: weightRate, groups: [queryGroup], gradient: gradient, threads: threads)
            optimizers[1].step(
                steps, rate: rate, weightRate: weightRate, groups: [documentGroup], gradient: gradient, threads: threads
            )
        }
        return value
    }

    /// The mean loss of a batch; leaves the gradient of every text's mean row behind.
    private mutating func backpropagate(
        _ batch: ContrastiveBatch, set: TrainingSet, loss: InfoNCE, threads: Int, engine: ProductEngine
    ) -> Float {
        let queries = batch.queries.count
        vectors.reshape(rows: queries + batch.documents.count, columns: documentTable.columns)
        vectors.gatherMeans(of: batch.queries, in: set.queryBags, from: queryTable, at: 0, threads: threads)
        vectors.gatherMeans(
            of: batch.documents, in: set.documentBags, from: documentTable, at: queries, threads: threads)
        RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        scores.run(
            vectors: vectors, queries: queries, gradient: &gradient, losses: &losses, threads: threads, engine: engine
        ) { row, scores in loss.apply(row, &scores, batch: batch) }
        RowNormalization.backpropagate(unit: vectors, norms: norms, gradient: &gradient, threads: threads)
        return Float(losses.reduce(0.0) { $0 + Double($1) } / Double(queries))
    }
}
