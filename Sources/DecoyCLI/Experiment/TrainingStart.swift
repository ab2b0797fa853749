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
    /// A table that is there, its rows with the directions they have.
    case table(DualEncoder, RowLengths)

    /// Cuts texts into the ids of the table's rows.
    var tokenizer: any SubwordTokenizer {
        switch self {
        case .random(let tokenizer): tokenizer
        case .corpus(let tokenizer, _, _): tokenizer
        case .words(let tokenizer, _): tokenizer
        case .table(let model, _): model.documentEncoder.tokenizer
        }
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
        case .table(let given, let lengths):
            let model = lengths == .idf ? try given.weightedByIDF(statistics) : given
            return model.towers == options.towers
                ? model : try DualEncoder(model.documentEncoder, towers: options.towers)
        }
    }
}
