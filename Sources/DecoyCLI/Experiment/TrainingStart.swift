import Decoy

/// What gives the rows of a table that is there their lengths.
enum RowLengths: String, CaseIterable {
    case table, idf
}

/// What a training starts from.
enum TrainingStart {
    /// Random rows, scaled by idf.
    case random(SubwordPipeline)
    /// Random rows, and vectors of the corpus with their share of the rows' squared lengths.
    case corpus(SubwordPipeline, CooccurrenceVectors, share: Double)
    /// Random rows, and vectors of words for the pieces that are words.
    case words(SubwordPipeline, WordVectors)
    /// Random rows, and what a transformer makes of each token with its share of the rows' squared lengths.
    case distilled(DistilledVectors, share: Double)
    /// A model that is there; the rows of a table have the directions they have.
    case given(DualEncoder, RowLengths)

    /// Cuts texts into the ids of the table's rows.
    var tokenizer: any SubwordTokenizer {
        switch self {
        case .random(let tokenizer): tokenizer
        case .corpus(let tokenizer, _, _): tokenizer
        case .words(let tokenizer, _): tokenizer
        case .distilled(let vectors, _): vectors.tokenizer
        case .given(let model, _): model.documentEncoder.tokenizer
        }
    }

    /// Whether it is a transformer, which has no use for statistics of the corpus.
    var isTransformer: Bool {
        if case .given(let model, _) = self { return !model.documentEncoder.isTable }
        return false
    }

    /// The pairs of a split, cut into tokens.
    func trainingSet(documents: [Document], queries: [Query], qrels: Qrels, threads: Int) throws -> TrainingSet {
        if case .given(let model, _) = self {
            return try TrainingSet(documents: documents, queries: queries, qrels: qrels, model: model, threads: threads)
        }
        return try TrainingSet(
            documents: documents, queries: queries, qrels: qrels, tokenizer: tokenizer, threads: threads)
    }

    /// The model of step 0.
    func model(_ options: TrainingOptions, statistics: TokenStatistics) throws -> DualEncoder {
        switch self {
        case .random(let tokenizer):
            return try DualEncoder(tokenizer: tokenizer, options: options, statistics: statistics)
        case .corpus(let tokenizer, let vectors, let share):
            let encoder = try StaticEncoder(
                tokenizer: tokenizer, vectors: vectors, share: share, dimension: options.dimension, seed: options.seed,
                statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
            return try DualEncoder(.table(encoder), towers: options.towers)
        case .words(let tokenizer, let vectors):
            let encoder = try StaticEncoder(
                tokenizer: tokenizer, vectors: vectors, dimension: options.dimension, seed: options.seed,
                statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
            return try DualEncoder(.table(encoder), towers: options.towers)
        case .distilled(let vectors, let share):
            let encoder = try StaticEncoder(
                distilled: vectors, share: share, dimension: options.dimension, seed: options.seed,
                statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
            return try DualEncoder(.table(encoder), towers: options.towers)
        case .given(let given, let lengths):
            let model = lengths == .idf ? try given.weightedByIDF(statistics) : given
            return model.towers == options.towers
                ? model : try DualEncoder(model.documentEncoder, towers: options.towers)
        }
    }
}
