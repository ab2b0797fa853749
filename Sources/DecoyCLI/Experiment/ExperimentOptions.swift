import Decoy

/// Everything that decides what an experiment computes, besides the data; stands in `results.json`.
struct ExperimentOptions: Codable, Sendable, Hashable {
    var analyzer = AnalyzerOptions.english
    var bm25 = BM25()
    var trainSplit = "train"
    var devSplit = "dev"
    var split = "test"
    var seeds = 3
    /// The names of the systems, in the order of tables.
    var systems = ExperimentSystem.usual.map(\.name)
    var measures = "RR@10 nDCG@10 R@100"
    var depth = 100
    /// Where negatives may come from, in every arm alike.
    var pool = NegativePool.corpus
    var vocabularySize = 30_000
    var candidateDepth = 200
    /// The relative margin below the lowest positive's BM25 score that a candidate must keep; nil for none.
    var lexicalMargin: Double?
    /// The share of the training queries that is trained on, chosen by a hash of their ids; below 1 only in an ablation.
    var trainShare = 1.0
    var training = TrainingOptions()
    /// The table that training starts from, by its folder's name; nil for random rows.
    var start: String?
    /// Learning rates that are tried on dev for the arm without mined negatives; empty to take the one of `training`.
    var learningRates: [Double] = []
    /// Temperatures that are tried on dev with the best of the rates; empty to take the one of `training`.
    var temperatures: [Double] = []
    /// Pools that are tried on dev for the arm with random negatives; empty to take `pool`.
    var pools: [NegativePool] = []
    /// Relative margins of mined negatives that are tried on dev, ascending; empty to take the one of `training`.
    var relativeMargins: [Double] = []
    /// Whether the number of epochs, up to that of `training`, is tried on dev as well.
    var tunesEpochs = false
    /// Weights of the cosine in the hybrid, tried on dev.
    var denseWeights = [0.25, 0.5, 1, 2, 4, 8]
}
