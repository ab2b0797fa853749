import DecoyTestSupport
import NumericKernels
import RetrievalData

@testable import DenseRetrieval

/// Transformers of a few random weights for toy tasks: every letter is a token, within words too.
enum ToyTransformer {
    static let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    static var pieces: [String] { letters + letters.map { "##" + $0 } }

    /// An encoder that was read from a folder which is gone.
    static func encoder(seed: UInt64 = 1, _ change: (inout TinyTransformer) -> Void = { _ in }) throws
        -> TransformerEncoder
    {
        var tiny = TinyTransformer(words: pieces)
        tiny.seed = seed
        change(&tiny)
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) { try TransformerFolder.read(tiny.write(into: folder)) }
    }

    /// A model to start from.
    static func start(_ towers: Towers = .shared, layers: Int = 1) throws -> DualEncoder {
        try DualEncoder(.transformer(encoder { $0.layers = layers }), towers: towers)
    }

    static func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
        var options = TrainingOptions()
        options.dimension = 8
        options.batchSize = 8
        options.epochs = 2
        options.optimizer = .adamw
        options.learningRate = 0.01
        options.temperature = 0.1
        change(&options)
        return options
    }
}

extension ToyTask {
    /// The task cut as a model takes it.
    func set(for model: DualEncoder) throws -> TrainingSet {
        try TrainingSet(documents: documents, queries: queries, qrels: qrels, model: model)
    }

    /// A teacher's scores that say what the judgements say.
    func teacherScores() -> [Triplet] {
        queries.map { query in
            let own = qrels.relevant(to: query.id)[0]
            let others = documents.map(\.id).filter { $0 != own }
            return Triplet(query: query.id, positive: own, negatives: others, scores: [2] + others.map { _ in 0.0 })
        }
    }
}

extension Matrix {
    /// All values, row by row.
    var allValues: [Float] { (0..<rows).flatMap { row($0) } }
}
