import Decoy
import DurableStorage
import Essentials

/// The steps of an experiment: each knows what its result depends on, and is computed only where it is not kept already.
final class ExperimentSteps {
    let data: ExperimentData
    let searcher: Searcher
    let store: StepStore
    let lab: Deferred<TrainingLab>
    /// What the start of training depends on.
    private let startKey: StepKey
    /// What BM25's answers depend on.
    private let lexicalKey: StepKey
    let progress: (String, Int, Int, String) -> Void
    private var sets: [String: TrainingSet] = [:]
    private var lexicalRuns: [String: Run] = [:]
    private var mined: [StepKey: NegativeCandidates] = [:]
    /// Seconds of the steps, by kind; of those that were kept, what they took when they were computed.
    private(set) var seconds: [String: Double] = [:]

    init(
        data: ExperimentData, searcher: Searcher, store: StepStore, lab: Deferred<TrainingLab>, corpus: String,
        start: String, options: ExperimentOptions, progress: @escaping (String, Int, Int, String) -> Void
    ) throws {
        self.data = data
        self.searcher = searcher
        self.store = store
        self.lab = lab
        self.progress = progress
        let base = try StepKey().adding("program", ProgramIdentity.checksum).adding("corpus", corpus)
        lexicalKey = try base.adding("analyzer", options.analyzer).adding("bm25", options.bm25)
        startKey = try base.adding("start", start).adding("vocabularySize", options.vocabularySize)
            .adding("vocabularyQueries", data.train.fingerprint)
    }

    /// BM25's answers to the queries of a split.
    func lexicalRun(_ split: ExperimentData.Split, depth: Int) throws -> Run {
        if let run = lexicalRuns[split.name] { return run }
        let start = ContinuousClock.now
        var run = try searcher.run(split.queries, k: depth)
        run.name = ExperimentSystem.bm25.name
        add((ContinuousClock.now - start).seconds, to: "search")
        lexicalRuns[split.name] = run
        return run
    }

    /// What the candidates of a split depend on.
    private func candidatesKey(_ split: ExperimentData.Split, _ options: ExperimentOptions) throws -> StepKey {
        try lexicalKey.adding("split", split.fingerprint).adding("pool", options.pool)
            .adding("candidateDepth", options.candidateDepth).adding("lexicalMargin", options.lexicalMargin)
    }

    /// BM25's candidates for the training queries, the same for every seed.
    func candidates(_ split: ExperimentData.Split, _ options: ExperimentOptions) throws -> NegativeCandidates {
        var options = options
        options.training.seed = 1
        let key = try candidatesKey(split, options)
        if let known = mined[key] { return known }
        let start = ContinuousClock.now
        let result = try store.value("mine", key) {
            try NegativeCandidates(for: split, retriever: searcher, store: searcher, options: options) {
                progress("mining:", $0.queries, $0.total, "")
            }
        }
        add((ContinuousClock.now - start).seconds, to: "mine")
        mined[key] = result
        return result
    }

    /// One training and what its model answers: trained on one split, measured on another.
    func trained(
        _ arm: Arm, options: ExperimentOptions, on train: ExperimentData.Split, measured split: ExperimentData.Split,
        label: String, keepsModel: Bool = false, followsDev: Bool = false
    ) throws -> TrainedStep {
        let lexical = try lexicalRun(split, depth: options.depth)
        var recorded = arm.options(options.training)
        recorded.threads = 1
        var key = try startKey.adding("arm", arm).adding("training", recorded).adding("train", train.fingerprint)
            .adding("split", split.fingerprint).adding("depth", options.depth).adding("beside", lexicalKey)
            .adding("model", keepsModel)
        if arm.needsPool || keepsModel {
            key = try key.adding("candidates", candidatesKey(train, options))
        }
        if followsDev { key = try key.adding("dev", data.tuning.fingerprint) }
        let step = try store.step(
            "train-\(arm.rawValue)", key,
            read: { try TrainedStep.read(from: $0, queries: split.queries, withModel: keepsModel) },
            write: { try $0.write(to: $1) }
        ) {
            try newlyTrained(
                arm, options: options, on: train, measured: split, lexical: lexical, label: label,
                keepsModel: keepsModel, followsDev: followsDev)
        }
        for (kind, time) in step.record.seconds { add(time, to: kind) }
        return step
    }

    private func newlyTrained(
        _ arm: Arm, options: ExperimentOptions, on train: ExperimentData.Split, measured split: ExperimentData.Split,
        lexical: Run, label: String, keepsModel: Bool, followsDev: Bool
    ) throws -> TrainedStep {
        let lab = try lab.value()
        let needed = arm.needsPool || keepsModel
        let candidates = needed ? try candidates(train, options) : nil
        let mined = arm == .denseTop ? try denseTop(options, on: train, lab) : [:]
        let training = arm.options(options.training)
        let set = try trainingSet(train, lab)
        let dev = followsDev ? devEvaluation(lab, depth: options.depth) : nil
        let start = ContinuousClock.now
        let trained = try lab.train(
            arm.source(candidates, mined: mined, options: training), set: set, options: training, dev: dev
        ) { step, total, detail in
            progress(label, step, total, detail)
        }
        let encoding = ContinuousClock.now
        let dense = try lab.retriever(trained.model, named: arm.rawValue) { progress(label, $0, $1, $2) }
        let searching = ContinuousClock.now
        let scored = try TrainedStep.scored(dense, split.queries, beside: lexical, depth: options.depth)
        let record = TrainedStep.Record(
            report: trained.report, options: training,
            seconds: [
                "train \(arm.rawValue)": (encoding - start).seconds, "encode": (searching - encoding).seconds,
                "search": (ContinuousClock.now - searching).seconds,
            ],
            gaps: try candidates.map { try keepsModel ? HardnessProbe(train: train, candidates: $0).gaps(dense) : [] }
                ?? [])
        return TrainedStep(record: record, scored: scored, model: keepsModel ? trained.model : nil)
    }

    /// The best documents of the model of `before` for the training queries, without a filter.
    private func denseTop(
        _ options: ExperimentOptions, on train: ExperimentData.Split, _ lab: TrainingLab
    ) throws -> [QueryID: [DocumentID]] {
        let label = "seed \(options.training.seed), mining with \(Arm.before.rawValue):"
        let model = try lab.train(
            .inBatch, set: trainingSet(train, lab), options: options.training
        ) { step, total, detail in
            progress(label, step, total, detail)
        }.model
        let retriever = try lab.retriever(model, named: Arm.before.rawValue)
        return try NegativeCandidates.best(
            options.training.negativesPerQuery, of: retriever, for: train, store: searcher, pool: options.pool)
    }

    /// A hybrid's ranking of a split.
    func hybrid(
        _ step: TrainedStep, named name: String, weight: Double, split: ExperimentData.Split, depth: Int
    ) throws -> Run {
        let start = ContinuousClock.now
        let retriever = HybridRetriever(
            lexical: searcher, dense: step.retriever(depth: depth), fusion: .weighted(weight: weight), depth: depth,
            name: name)
        let run = try retriever.run(split.queries, k: depth)
        add((ContinuousClock.now - start).seconds, to: "search")
        return run
    }

    /// The ranking of a model that was trained elsewhere.
    func encoded(_ model: DualEncoder, named name: String, split: ExperimentData.Split, depth: Int, threads: Int) throws
        -> Run
    {
        let key = try lexicalKey.adding("encoder", model.identity()).adding("split", split.fingerprint)
            .adding("depth", depth)
        return try store.step(
            "encode", key, read: { try RunFile.read($0 + "/run.trec", queries: split.queries) },
            write: { try RunFile.write($0, to: $1 + "/run.trec") }
        ) {
            progress("encoding with \(name):", 0, 1, "")
            let vectors = try FlatVectorIndex(data.documents, model: model, threads: threads)
            return try DenseRetriever(model: model, index: vectors, name: name, threads: threads)
                .run(split.queries, k: depth)
        }
    }

    /// What follows a training on dev without choosing anything.
    private func devEvaluation(_ lab: TrainingLab, depth: Int) -> DevEvaluation? {
        guard let measure = try? Measure("nDCG@10") else { return nil }
        let evaluator = Evaluator(qrels: data.tuning.qrels, measures: [measure])
        let queries = data.tuning.queries
        return DevEvaluation(keepsBest: false, name: "\(measure) on \(data.tuning.name)") { model in
            try evaluator.evaluate(try lab.retriever(model, named: "dev").run(queries, k: 10)).mean(of: measure) ?? 0
        }
    }

    private func trainingSet(_ split: ExperimentData.Split, _ lab: TrainingLab) throws -> TrainingSet {
        if let set = sets[split.name] { return set }
        let set = try lab.trainingSet(queries: split.queries, qrels: split.qrels)
        sets[split.name] = set
        return set
    }

    private func add(_ time: Double, to kind: String) { seconds[kind, default: 0] += time }
}
