import RetrievalData

/// Says of each candidate of a query how likely it is an unlabelled positive.
public struct FalseNegativeEstimator: Sendable {
    /// Coefficients, limit and quality.
    public var estimate: FalseNegativeEstimate
    private let features: WindowFeatures

    /// An estimator with coefficients that were fitted before.
    ///
    /// Reads up to 2,000 documents for the weights of terms. Throws a `MiningError` where the estimate's features need a second retriever and
    /// there is none.
    public init(
        _ estimate: FalseNegativeEstimate, documents: any DocumentStore, second: (any Retriever)? = nil,
        terms: @escaping TermExtraction = PlainTerms.hashes, threads: Int = 1
    ) throws {
        try self.init(
            estimate,
            sharing: WindowFeatures(
                terms: try DocumentTerms(documents: documents, terms: terms, threads: threads), second: second))
    }

    /// An estimator with coefficients that were fitted before and the terms of another.
    init(_ estimate: FalseNegativeEstimate, sharing features: WindowFeatures) throws {
        let expected = estimate.features.contains { FalseNegativeFeature.ofSecond.contains($0) }
        guard !expected || features.second != nil else {
            throw MiningError(
                option: "estimate", remedy: "it was fitted with a second retriever: give one too")
        }
        let own = WindowFeatures(terms: features.terms, second: expected ? features.second : nil)
        guard estimate.features == own.names, estimate.coefficients.weights.count == own.names.count else {
            throw MiningError(option: "estimate", remedy: "fit it with this version of the program")
        }
        self.init(estimate, own)
    }

    init(_ estimate: FalseNegativeEstimate, _ features: WindowFeatures) {
        self.estimate = estimate
        self.features = features
    }

    /// Fits an estimate on hidden positives of these queries; where too few have several positives it takes the standard coefficients.
    public static func fitted(
        retriever: any Retriever, documents: any DocumentStore, queries: [Query], qrels: Qrels,
        pool: Set<DocumentID>? = nil, second: (any Retriever)? = nil,
        terms: @escaping TermExtraction = PlainTerms.hashes, minimumGrade: Int = 1, options: EstimateOptions = .init(),
        threads: Int = 1
    ) throws -> FalseNegativeEstimator {
        try options.validate()
        let fitting = try EstimateFitting(
            documents: documents, queries: queries, qrels: qrels, pool: pool, second: second, terms: terms,
            minimumGrade: minimumGrade, options: options, threads: threads)
        return try fitting.estimator(of: .retriever(retriever))
    }

    static func fitted(
        _ examples: HiddenPositiveExamples, _ features: WindowFeatures, _ options: EstimateOptions
    ) -> FalseNegativeEstimator {
        if let estimate = FalseNegativeEstimate.fit(examples, options: options) { return Self(estimate, features) }
        var estimate = FalseNegativeEstimate.standard
        if let limit = options.limit {
            estimate.limit = limit
            estimate.recall = nil
        }
        return Self(estimate, WindowFeatures(terms: features.terms, second: nil))
    }

    /// One probability a candidate; candidates are all ranked ones from rank 0, best first.
    public func probabilities(
        _ query: Query, positives: [MinedPositive], candidates: [ScoredDocument]
    ) throws -> [Double] {
        let ranked = candidates.enumerated().map { (document: $1, rank: $0) }
        let estimates = try estimates(for: query, positives: positives, leading: candidates, of: ranked)
        return try ranked.map { try estimates.probability(of: $0.document, rank: $0.rank) }
    }

    /// Whether the estimates of a query hold for candidates that they weren't made for.
    var isOpen: Bool { features.second == nil }

    /// What gives the probabilities of a query's candidates, each when it is asked for; `leading` are the first ranked ones.
    func estimates(
        for query: Query, positives: [MinedPositive], leading: [ScoredDocument],
        of candidates: [(document: ScoredDocument, rank: Int)]
    ) throws -> QueryEstimates {
        let ids = features.second == nil ? [] : candidates.map(\.document.id)
        return QueryEstimates(
            features: try features.query(query, positives: positives, leading: leading, candidates: ids),
            estimate: estimate)
    }
}

/// The probabilities of one query's candidates.
struct QueryEstimates: Sendable {
    fileprivate let features: QueryFeatures
    fileprivate let estimate: FalseNegativeEstimate

    /// The hash of a document's contents as `TextIndex` has it; nil where the store lacks the document.
    func contentHash(of id: DocumentID) throws -> UInt64? { try features.profile(of: id)?.contentHash }

    /// How likely a candidate is an unlabelled positive.
    func probability(of candidate: ScoredDocument, rank: Int) throws -> Double {
        estimate.probability(try features.row(of: candidate, rank: rank))
    }
}
