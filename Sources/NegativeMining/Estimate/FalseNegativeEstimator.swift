import RetrievalData

/// Says of each candidate of a query how likely it is an unlabelled positive.
public struct FalseNegativeEstimator: Sendable {
    /// Coefficients, limit and quality.
    public var estimate: FalseNegativeEstimate
    private let features: WindowFeatures

    /// An estimator with coefficients that were fitted before.
    ///
    /// Reads up to 10,000 documents for the weights of terms. Throws a `MiningError` where the estimate's features need a second retriever and
    /// there is none.
    public init(
        _ estimate: FalseNegativeEstimate, documents: any DocumentStore, second: (any Retriever)? = nil,
        terms: @escaping TermExtraction = PlainTerms.terms
    ) throws {
        try self.init(
            estimate,
            sharing: WindowFeatures(terms: try DocumentTerms(documents: documents, terms: terms), second: second))
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
        terms: @escaping TermExtraction = PlainTerms.terms, minimumGrade: Int = 1, options: EstimateOptions = .init()
    ) throws -> FalseNegativeEstimator {
        try options.validate()
        let features = WindowFeatures(terms: try DocumentTerms(documents: documents, terms: terms), second: second)
        let hidden = HiddenPositives.rounds(
            queries: queries, qrels: qrels, minimumGrade: minimumGrade, seed: options.seed,
            limit: options.maximumQueries)
        let examples = try HiddenPositiveExamples(
            hidden, retriever: retriever, documents: documents, pool: pool, features: features, depth: options.depth,
            minimumGrade: minimumGrade)
        return fitted(examples, features, options)
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
        try features.rows(query, positives: positives, candidates: candidates).map(estimate.probability)
    }
}

extension FalseNegativeEstimator {
    /// The probabilities of a window's candidates by rank; those above the window belong to the measure too.
    func estimates(_ query: Query, positives: [MinedPositive], window: CandidateWindow) throws -> [Int: Double] {
        let above = window.setAside.filter { $0.rank != nil }.map { ScoredDocument(id: $0.document, score: $0.score) }
        let ranked = above + window.candidates.map(\.document)
        let known = try probabilities(query, positives: positives, candidates: ranked)
        return Dictionary(uniqueKeysWithValues: known.enumerated().map { ($0.offset, $0.element) })
    }
}
