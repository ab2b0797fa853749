import Decoy

/// What all trainings of an experiment share: the texts, the tokenizer and its statistics.
struct TrainingLab {
    let documents: [Document]
    /// What every training starts from.
    let start: TrainingStart
    let options: ExperimentOptions
    private let statistics: TokenStatistics

    init(
        documents: [Document], start: TrainingStart, options: ExperimentOptions
    ) {
        self.documents = documents
        self.start = start
        self.options = options
        let tokenizer = start.tokenizer
        var statistics = TokenStatistics(vocabularySize: tokenizer.vocabularySize)
        if !start.isTransformer {
            statistics.add(documents.map(\.contents), tokenizer: tokenizer, threads: options.training.threads)
        }
        self.statistics = statistics
    }

    /// The pairs of a split, cut into tokens once.
    func trainingSet(queries: [Query], qrels: Qrels) throws -> TrainingSet {
        try start.trainingSet(
            documents: documents, queries: queries, qrels: qrels, threads: options.training.threads)
    }

    /// Trains with negatives from a source; without one the result is the start itself.
    func train(
        _ negatives: NegativeSource?, set: TrainingSet, options: TrainingOptions, guide: Guide? = nil,
        checkpoints: TrainingCheckpoints? = nil, dev: DevEvaluation? = nil, progress: (Int, Int, String) -> Void
    ) throws -> TrainedModel {
        let start = try start.model(options, statistics: statistics)
        guard let negatives else { return TrainedModel(model: start, report: TrainingReport()) }
        let trainer = try Trainer(set, options: options, negatives: negatives, guide: guide)
        return try trainer.train(start, checkpoints: checkpoints, dev: dev) { now in
            let loss = (Double(now.loss) * 1000).rounded() / 1000
            let dev = now.dev.map { ", dev \(($0.value * 10_000).rounded() / 10_000)" } ?? ""
            progress(now.step, now.totalSteps, "loss \(loss), \(Int(now.pairsPerSecond)) pairs/s\(dev)")
        }
    }

    /// A retriever over the whole corpus, encoded by a model.
    func retriever(
        _ model: DualEncoder, named name: String, progress: (Int, Int, String) -> Void = { _, _, _ in }
    ) throws -> DenseRetriever {
        let vectors = try FlatVectorIndex(documents, model: model, threads: options.training.threads) {
            progress($0, documents.count, "documents encoded")
        }
        return try DenseRetriever(model: model, index: vectors, name: name, threads: options.training.threads)
    }
}
