import Decoy

/// What all trainings of an experiment share: the texts, the tokenizer and its statistics.
struct TrainingLab {
    let documents: [Document]
    let tokenizer: SubwordPipeline
    let options: ExperimentOptions
    /// Vectors of words that training starts from; nil for random rows.
    let wordVectors: WordVectors?
    private let statistics: TokenStatistics

    init(
        documents: [Document], tokenizer: SubwordPipeline, options: ExperimentOptions,
        wordVectors: WordVectors? = nil
    ) {
        self.wordVectors = wordVectors
        self.documents = documents
        self.tokenizer = tokenizer
        self.options = options
        var statistics = TokenStatistics(vocabularySize: tokenizer.vocabularySize)
        statistics.add(documents.map(\.contents), tokenizer: tokenizer, threads: options.training.threads)
        self.statistics = statistics
    }

    /// The pairs of a split, cut into tokens once.
    func trainingSet(queries: [Query], qrels: Qrels) throws -> TrainingSet {
        try TrainingSet(
            documents: documents, queries: queries, qrels: qrels, tokenizer: tokenizer,
            threads: options.training.threads)
    }

    /// Trains with negatives from a source; without one the result is the start itself.
    func train(
        _ negatives: NegativeSource?, set: TrainingSet, options: TrainingOptions,
        checkpoints: TrainingCheckpoints? = nil, dev: DevEvaluation? = nil, progress: (Int, Int, String) -> Void
    ) throws -> TrainedModel {
        let start = try start(options)
        guard let negatives else { return TrainedModel(model: start, report: TrainingReport()) }
        let trainer = try Trainer(set, options: options, negatives: negatives)
        return try trainer.train(start, checkpoints: checkpoints, dev: dev) { now in
            let loss = (Double(now.loss) * 1000).rounded() / 1000
            let dev = now.dev.map { ", dev \(($0.value * 10_000).rounded() / 10_000)" } ?? ""
            progress(now.step, now.totalSteps, "loss \(loss), \(Int(now.pairsPerSecond)) pairs/s\(dev)")
        }
    }

    private func start(_ options: TrainingOptions) throws -> DualEncoder {
        guard let wordVectors else {
            return try DualEncoder(tokenizer: tokenizer, options: options, statistics: statistics)
        }
        let encoder = try StaticEncoder(
            tokenizer: tokenizer, vectors: wordVectors, dimension: options.dimension, seed: options.seed,
            statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
        return options.towers == .shared
            ? DualEncoder(shared: encoder) : try DualEncoder(queryEncoder: encoder, documentEncoder: encoder)
    }

    /// A retriever over the whole corpus, encoded by a model.
    func retriever(_ model: DualEncoder, named name: String) throws -> DenseRetriever {
        let vectors = try FlatVectorIndex(documents, model: model, threads: options.training.threads)
        return try DenseRetriever(model: model, index: vectors, name: name, threads: options.training.threads)
    }
}
