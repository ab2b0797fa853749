import NumericKernels

/// Tables in training, which change in the rows of a batch's tokens alone.
struct StaticTowers: TrainableTowers {
    /// One optimizer where the towers are shared, else the query tower's and the document tower's.
    private(set) var optimizers: [SparseOptimizer]
    private let start: DualEncoder
    private var gradient = Matrix(rows: 0, columns: 0)

    /// Throws for options that are for transformers alone.
    init(_ start: DualEncoder, options: TrainingOptions) throws(TrainingError) {
        func refuse(_ isGiven: Bool, _ name: String, _ value: Any) throws(TrainingError) {
            if isGiven { throw .option(name: name, value: "\(value)", expected: "a transformer to train") }
        }
        try refuse(options.accumulation > 1, "accumulation", options.accumulation)
        try refuse(options.gradientCache > 0, "gradientCache", options.gradientCache)
        let towers = start.towers == .shared ? [start.documentEncoder] : [start.queryEncoder, start.documentEncoder]
        optimizers = towers.map {
            SparseOptimizer(table: $0.table, kind: options.optimizer, weightDecay: options.effectiveWeightDecay)
        }
        self.start = start
    }

    mutating func forward(
        _ batch: ContrastiveBatch, set: TrainingSet, step: Int, into rows: inout Matrix, threads: Int
    ) {
        let queries = batch.queries.count
        let (queryBags, documentBags) = (set.queryTokens.bags, set.documentTokens.bags)
        let queryGroup = SparseRows.Group(bags: queryBags, texts: batch.queries, firstRow: 0)
        let documentGroup = SparseRows.Group(bags: documentBags, texts: batch.documents, firstRow: queries)
        let groups = optimizers.count == 1 ? [[queryGroup, documentGroup]] : [[queryGroup], [documentGroup]]
        for (place, group) in groups.enumerated() { optimizers[place].prepare(group, threads: threads) }
        let documentTable = optimizers[optimizers.count - 1].table
        rows.reshape(rows: queries + batch.documents.count, columns: documentTable.columns)
        rows.gatherMeans(of: batch.queries, in: queryBags, from: optimizers[0].table, at: 0, threads: threads)
        rows.gatherMeans(of: batch.documents, in: documentBags, from: documentTable, at: queries, threads: threads)
    }

    mutating func backpropagate(_ gradient: Matrix, threads: Int) { self.gradient = gradient }

    mutating func step(_ number: Int, rate: Double, weightRate: Double, threads: Int) {
        for place in optimizers.indices {
            optimizers[place].step(number, rate: rate, weightRate: weightRate, gradient: gradient, threads: threads)
        }
        gradient = Matrix(rows: 0, columns: 0)
    }

    mutating func skip(rate: Double) {
        for place in optimizers.indices { optimizers[place].skip(rate: rate) }
    }

    func weights(threads: Int) -> [Matrix] { optimizers.map { $0.currentTable(threads: threads) } }

    func model(_ weights: [Matrix]) -> DualEncoder {
        var model = start
        model.queryEncoder.table = weights[0]
        model.documentEncoder.table = weights[weights.count - 1]
        return model
    }

    func adapters(_ weights: [Matrix]) -> [(name: String, matrix: Matrix)] { [] }

    var matrices: [Matrix] { optimizers.flatMap(\.matrices) }

    mutating func restore(_ matrices: [Matrix], rates: [Double]) {
        let each = matrices.count / optimizers.count
        for place in optimizers.indices {
            optimizers[place].restore(Array(matrices[(place * each)..<((place + 1) * each)]), rates: rates)
        }
    }

    var isFinite: Bool { optimizers.map(\.table).allSatisfy(\.isFinite) }
}
