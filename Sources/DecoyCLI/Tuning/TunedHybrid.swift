import Decoy

/// How a hybrid joins both scores, as `--tuned` reads it.
struct TunedFusion: Codable, Sendable, Hashable {
    var kind: FusionKind
    /// The weight of the dense score; with weights alone.
    var denseWeight: Double?
    /// What is done to both scores first; with weights alone.
    var normalization: ScoreNormalization?

    /// Reciprocal ranks.
    static let rrf = TunedFusion(kind: .rrf)

    /// What it stands for.
    var fusion: Fusion {
        switch kind {
        case .rrf: .rrf
        case .weighted: .weighted(weight: denseWeight ?? 1, normalization: normalization ?? .maximum)
        }
    }
}

/// What `decoy tune --dense` saves: BM25 as it was, and the fusion that was chosen.
struct TunedHybrid: Codable, Sendable, Hashable {
    /// A system that was measured.
    struct System: Codable, Sendable, Hashable {
        /// `bm25`, `dense`, `rrf`, or `weighted` with its normalisation.
        var name: String
        /// The weight that was chosen for it.
        var denseWeight: Double?
        /// The mean of the measure.
        var mean: Double
        /// The mean with weights chosen without the query's fold; nil where nothing was chosen.
        var heldOut: Double?
    }

    var similarity: BM25
    var fields: FieldWeights?
    var fusion: TunedFusion
    var measure: Measure
    /// The mean of the measure with the chosen fusion, on the queries it was chosen with.
    var value: Double
    var systems: [System]
    /// The split, or the name of the file with the judgements.
    var split: String
    /// The number of queries.
    var queries: Int
    var index: TunedParameters.Index
    /// The version of the program.
    var version = DecoyVersion.current
}
