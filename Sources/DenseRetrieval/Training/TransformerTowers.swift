import NumericKernels
import RetrievalData

/// Transformers in training.
///
/// With `gradientCache` texts at a time the vectors of the whole batch are made first, without activations; their gradients are known then, and
/// each part goes forward again and backward by itself: the step of a large batch in the memory of a small one (Gao et al.: Scaling Deep
/// Contrastive Learning Batch Size under Memory Limited Setup, RepL4NLP 2021).
struct TransformerTowers: TrainableTowers {
    /// One where the towers are shared, else the query tower's and the document tower's.
    private(set) var trainers: [TransformerTrainer]
    private let start: DualEncoder
    private let seed: UInt64
    private let cachedTexts: Int
    private var parts: [Part] = []
    private var forwards = 0

    /// Texts that go through a tower together.
    private struct Part: Sendable {
        var tower: Int
        var firstRow: Int
        var sequences: [[Int32]]
        var dropoutSeed: UInt64
    }

    /// Throws where an option cannot work with these transformers.
    init(_ start: DualEncoder, options: TrainingOptions) throws(TrainingError) {
        let encoders = start.towers == .shared ? [start.documentEncoder] : [start.queryEncoder, start.documentEncoder]
        guard options.optimizer != .adagrad else {
            throw .option(name: "optimizer", value: options.optimizer.rawValue, expected: "adamw or adam")
        }
        guard options.weightLearningRate == 0 else {
            throw .option(
                name: "weightLearningRate", value: "\(options.weightLearningRate)", expected: "0 for a transformer")
        }
        var own = options.transformer
        own.weightDecay = options.effectiveWeightDecay
        var trainers: [TransformerTrainer] = []
        for encoder in encoders {
            guard case .transformer(let transformer) = encoder else { continue }
            trainers.append(
                try TransformerTrainer(transformer, options: own, seed: options.seed))
        }
        precondition(trainers.count == encoders.count, "every tower must be a transformer")
        self.trainers = trainers
        self.start = start
        seed = options.seed
        cachedTexts = options.gradientCache
    }

    mutating func forward(
        _ batch: ContrastiveBatch, set: TrainingSet, step: Int, into rows: inout Matrix, threads: Int
    ) {
        let queries = batch.queries.map { set.queryTokens.sequences[Int($0)] }
        let documents = batch.documents.map { set.documentTokens.sequences[Int($0)] }
        parts = []
        if trainers.count == 1 {
            add(queries + documents, tower: 0, firstRow: 0, step: step)
        } else {
            add(queries, tower: 0, firstRow: 0, step: step)
            add(documents, tower: 1, firstRow: queries.count, step: step)
        }
        rows.reshape(rows: queries.count + documents.count, columns: start.dimension)
        for part in parts {
            rows.setRows(from: part.firstRow, encode(part, threads: threads))
        }
    }

    mutating func backpropagate(_ gradient: Matrix, threads: Int) {
        for part in parts {
            if isCaching {
                _ = trainers[part.tower].forward(part.sequences, dropoutSeed: part.dropoutSeed, threads: threads)
            }
            let rows = part.firstRow..<(part.firstRow + part.sequences.count)
            trainers[part.tower].backpropagate(gradient.rows(rows), threads: threads)
        }
        parts = []
    }

    mutating func step(_ number: Int, rate: Double, weightRate: Double, threads: Int) {
        for tower in trainers.indices { _ = trainers[tower].step(number, rate: rate, threads: threads) }
        forwards = 0
    }

    /// Adam's moments rest in a step without a gradient.
    mutating func skip(rate: Double) { forwards = 0 }

    func weights(threads: Int) -> [Matrix] { trainers.flatMap(\.parameters.matrices) }

    func model(_ weights: [Matrix]) -> DualEncoder {
        let encoders = trainers.indices.map { TextEncoder.transformer(trainer($0, weights).encoder) }
        var model = start
        model.queryEncoder = encoders[0]
        model.documentEncoder = encoders[encoders.count - 1]
        return model
    }

    func adapters(_ weights: [Matrix]) -> [(name: String, matrix: Matrix)] {
        trainer(trainers.count - 1, weights).adapters
    }

    /// A tower's trainer with other weights.
    private func trainer(_ tower: Int, _ weights: [Matrix]) -> TransformerTrainer {
        var trainer = trainers[tower]
        let each = weights.count / trainers.count
        trainer.parameters.matrices = Array(weights[(tower * each)..<((tower + 1) * each)])
        return trainer
    }

    var matrices: [Matrix] { trainers.flatMap(\.matrices) }

    mutating func restore(_ matrices: [Matrix], rates: [Double]) {
        let each = matrices.count / trainers.count
        for tower in trainers.indices {
            trainers[tower].restore(Array(matrices[(tower * each)..<((tower + 1) * each)]))
        }
    }

    var isFinite: Bool { trainers.allSatisfy(\.isFinite) }

    /// Whether a batch is too large for one part, so that activations are not kept.
    private var isCaching: Bool { parts.count > trainers.count }

    private mutating func add(_ sequences: [[Int32]], tower: Int, firstRow: Int, step: Int) {
        let size = cachedTexts > 0 ? cachedTexts : max(1, sequences.count)
        for first in stride(from: 0, to: sequences.count, by: size) {
            var random = SeededRandom(seed: seed, item: "dropout of step \(step), part \(forwards)")
            forwards += 1
            parts.append(
                Part(
                    tower: tower, firstRow: firstRow + first,
                    sequences: Array(sequences[first..<min(first + size, sequences.count)]),
                    dropoutSeed: random.next()))
        }
    }

    private mutating func encode(_ part: Part, threads: Int) -> Matrix {
        if isCaching {
            return trainers[part.tower].pooled(part.sequences, dropoutSeed: part.dropoutSeed, threads: threads)
        }
        return trainers[part.tower].forward(part.sequences, dropoutSeed: part.dropoutSeed, threads: threads)
    }
}
