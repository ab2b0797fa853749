import RetrievalData

/// Fits estimates on hidden positives: for each source of candidates its own, over the same terms and the same hidden positives.
public struct EstimateFitting: Sendable {
    private let features: WindowFeatures
    private let rounds: [HiddenPositives]
    private let documents: any DocumentStore
    private let pool: Set<DocumentID>?
    private let minimumGrade: Int
    private let options: EstimateOptions
    private let threads: Int

    /// Hides positives and reads documents for the weights of terms; throws a `MiningError` for options out of range.
    public init(
        documents: any DocumentStore, queries: [Query], qrels: Qrels, pool: Set<DocumentID>? = nil,
        second: (any Retriever)? = nil, terms: @escaping TermExtraction = PlainTerms.hashes, minimumGrade: Int = 1,
        options: EstimateOptions = .init(), threads: Int = 1
    ) throws {
        try options.validate()
        self.documents = documents
        self.pool = pool
        self.minimumGrade = minimumGrade
        self.options = options
        self.threads = threads
        features = WindowFeatures(
            terms: try DocumentTerms(documents: documents, terms: terms, threads: threads), second: second)
        rounds = HiddenPositives.rounds(
            queries: queries, qrels: qrels, minimumGrade: minimumGrade, seed: options.seed,
            limit: options.maximumQueries)
    }

    /// The hidden positives, ranked among the candidates or not.
    public var hiddenCount: Int { rounds.reduce(0) { $0 + $1.documents.count } }

    /// An estimator of a source's candidates; with the standard coefficients where too few hidden positives are among them.
    public func estimator(of source: NegativeMixture.Kind) throws -> FalseNegativeEstimator {
        var examples = HiddenPositiveExamples(names: features.names)
        if hiddenCount >= options.minimumHidden {
            examples = try HiddenPositiveExamples(
                rounds, of: source, documents: documents, pool: pool, features: features, depth: options.depth,
                minimumGrade: minimumGrade, threads: threads)
        }
        return FalseNegativeEstimator.fitted(examples, features, options)
    }
}
