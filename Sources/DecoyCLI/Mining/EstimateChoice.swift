import Decoy

/// How mining keeps unlabelled positives out: an estimate for each source where there can be one, else the relative margin.
struct EstimateChoice {
    /// The relative margin where nothing was chosen and there is no estimate.
    static let margin = 0.05

    /// One estimator a source of the mixture; empty for no estimate.
    var estimators: [FalseNegativeEstimator?] = []
    /// What was chosen and why, as a sentence; nil where the user chose.
    var note: String?

    /// No estimate.
    init() {}

    /// Fits or reads estimates for the sources of a mixture.
    ///
    /// Where nobody asked for one there is none unless each source can have one: fitted, or with the standard coefficients, which are for
    /// lexical sources.
    init(
        _ flags: EstimateFlags, mixture: NegativeMixture, source: MiningSource, queries: QueryFile, qrels: Qrels,
        pool: Set<DocumentID>? = nil, options: MiningOptions, threads: Int
    ) throws {
        if flags.maxFalseNegativeProbability == .off { return }
        guard let documents = source.documents else {
            if let demand = flags.demand {
                throw UsageProblem(
                    "\(demand) compares texts and there are none; give --corpus FILE or an index with texts")
            }
            note = Self.withoutEstimate("there are no texts")
            return
        }
        let terms = try SecondRetrieverFlags.terms(of: documents)
        let second = try flags.second.open(threads: threads)
        if let path = flags.estimate {
            var known = try EstimateFile.read(path)
            if let limit = flags.limit {
                known.limit = limit
                known.recall = nil
            }
            let estimator = try FalseNegativeEstimator(
                known, documents: documents, second: second, terms: terms, threads: threads)
            estimators = mixture.sources.map { $0.kind.ranks ? estimator : nil }
            return
        }
        let judged = Set(
            qrels.queryIDs.filter { qrels.relevant(to: $0, minimumGrade: options.minimumGrade).count > 1 })
        var several: [Query] = []
        if !judged.isEmpty { try queries.forEachBatch { several += $0.filter { judged.contains($0.id) } } }
        let fitting = try EstimateFitting(
            documents: documents, queries: several, qrels: qrels, pool: pool, second: second, terms: terms,
            minimumGrade: options.minimumGrade,
            options: EstimateOptions(recall: flags.falseNegativeRecall ?? 0.85, limit: flags.limit, seed: options.seed),
            threads: threads)
        let fitted = try mixture.sources.map { $0.kind.ranks ? try fitting.estimator(of: $0.kind) : nil }
        let unfitted = zip(mixture.sources, fitted).filter { $1?.estimate.origin == .standard }.map(\.0)
        let found = "only \(fitting.hiddenCount) positives can be hidden to fit an estimate"
        if flags.demand == nil, let other = unfitted.first(where: { !source.isLexical($0) }) {
            note = Self.withoutEstimate("\(found), and \(other.name ?? "the retriever") is not lexical")
            return
        }
        estimators = fitted
        if let estimate = fitted.compactMap({ $0?.estimate }).first {
            note = unfitted.isEmpty ? Self.fitted(estimate) : "\(found): the standard coefficients serve"
        }
    }

    /// The relative margin by default: off where there is an estimate.
    var defaultMargin: Double? { estimators.contains { $0 != nil } ? nil : Self.margin }

    private static func withoutEstimate(_ cause: String) -> String {
        "\(cause): no estimate of unlabelled positives; by default the relative margin \(margin) instead"
    }

    private static func fitted(_ estimate: FalseNegativeEstimate) -> String {
        """
        unlabelled positives: an estimate fitted on \(estimate.hiddenPositives) hidden positives; above \
        \(NumberText.fixed(estimate.limit, 4)) rejected
        """
    }
}

extension NegativeMixture.Kind {
    /// Whether the source ranks its documents.
    fileprivate var ranks: Bool { if case .random = self { false } else { true } }
}
