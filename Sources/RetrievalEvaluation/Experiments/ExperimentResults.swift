import RetrievalData

/// Everything an experiment found, in the shape of `results.json`; reports are made from this value alone.
public struct ExperimentResults: Sendable, Hashable, Codable {
    /// The name of the dataset.
    public var dataset: String
    /// The split that was evaluated.
    public var split: String
    /// The seeds of the trained systems.
    public var seeds: [UInt64]
    /// The measures in the order of tables; the first is the one that the summary speaks of.
    public var measures: [Measure]
    /// The systems by name: `bm25`, `untrained`, `before`, `control`, `after`, `hybrid`, and any other.
    public var systems: [String: SystemResult]
    /// Which systems differ, and how surely.
    public var comparisons: [Comparison]
    /// The mining report as it is; nil where nothing was mined.
    public var mining: JSONTree?
    /// Seconds by step.
    public var timings: [String: Double]
    /// What the splits share; nil where there is no train split.
    public var leak: LeakReport?
    /// Up to twenty queries that won most, then up to twenty that lost most, from before to after.
    public var cases: [QueryCase] = []
    /// The change of every query from before to after in the first measure, in the order of the qrels.
    public var changes: [QueryChange] = []
    /// Recall by depth and precision by recall, by system.
    public var curves: [RankCurve] = []
    /// How near the mined candidates come to the positives, before and after.
    public var hardness: [NegativeHardness] = []
    /// How the trainings went.
    public var learning: [LearningCurve] = []
    /// What other values of options give on dev; empty unless asked for.
    public var ablations: [AblationResult] = []
    /// What unjudged documents could change; nil where it was not looked at.
    public var unjudged: UnjudgedReport?
    /// What was chosen on the dev split and how, a sentence each.
    public var choices: [String] = []
    /// What is needed to repeat the experiment.
    public var provenance: Provenance
    /// What a reader must know, a sentence each, such as that a measure is lower after mining.
    public var notes: [String]

    /// Results from their parts.
    public init(
        dataset: String, split: String, seeds: [UInt64], measures: [Measure], systems: [String: SystemResult] = [:],
        comparisons: [Comparison] = [], mining: JSONTree? = nil, timings: [String: Double] = [:],
        leak: LeakReport? = nil, provenance: Provenance = .init(),
        notes: [String] = []
    ) {
        self.dataset = dataset
        self.split = split
        self.seeds = seeds
        self.measures = measures
        self.systems = systems
        self.comparisons = comparisons
        self.mining = mining
        self.timings = timings
        self.leak = leak
        self.provenance = provenance
        self.notes = notes
    }

    /// The names of the systems in the order of tables: the known ones as in `systems`, then the others by bytes.
    public var systemNames: [String] {
        let arms = ["untrained", "before", "large-batch", "control", "bm25-top", "dense-top", "after", "self-mined"]
        let known = ["bm25"] + arms + arms.map { $0 == "after" ? "hybrid" : "hybrid-" + $0 }
        let others = systems.keys.filter { !known.contains($0) }
        return known.filter { systems[$0] != nil } + others.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The comparison of two systems on a measure; nil where it was not made.
    public func comparison(_ baseline: String, _ run: String, _ measure: Measure) -> Comparison? {
        comparisons.first { $0.baseline == baseline && $0.run == run && $0.measure == measure }
    }
}
