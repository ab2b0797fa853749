import RetrievalData

/// What filters know of a query beside the candidate.
public struct MiningContext: Sendable {
    /// The query.
    public let query: Query
    /// The query's positives in byte order of their ids.
    public let positives: [MinedPositive]
    /// The better-ranked candidates that passed all filters, best first.
    public private(set) var survivors: [MiningCandidate] = []
    /// Negatives that another source of a mixture has given the query before.
    public let taken: [DocumentID]
    /// The texts of the documents, compared by content.
    public let texts: TextIndex
    private let positiveScores: [PositiveReference: Double]
    private var positivesByContent: [UInt64: [DocumentID]] = [:]
    private var survivorsByContent: [UInt64: [DocumentID]] = [:]

    init(query: Query, positives: [MinedPositive], taken: [DocumentID] = [], texts: TextIndex) throws {
        self.query = query
        self.positives = positives
        self.taken = taken
        self.texts = texts
        let known = positives.compactMap(\.score)
        var scores: [PositiveReference: Double] = [:]
        for reference in PositiveReference.allCases { scores[reference] = reference.score(of: known) }
        positiveScores = scores
        for positive in positives {
            guard let hash = try texts.contentHash(of: positive.document) else { continue }
            positivesByContent[hash, default: []].append(positive.document)
        }
        for document in taken {
            guard let hash = try texts.contentHash(of: document) else { continue }
            survivorsByContent[hash, default: []].append(document)
        }
    }

    /// s⁺: the lowest score of a positive that the retriever knows; nil where it knows none of them.
    public var positiveScore: Double? { positiveScore(.lowest) }

    /// The lowest, highest or mean score of the positives that the retriever knows; nil where it knows none of them.
    public func positiveScore(_ reference: PositiveReference) -> Double? { positiveScores[reference] }

    mutating func addSurvivor(_ candidate: MiningCandidate) {
        survivors.append(candidate)
        guard let hash = candidate.contentHash else { return }
        survivorsByContent[hash, default: []].append(candidate.document)
    }

    /// A positive that has the candidate's contents; nil for none.
    func positiveWithContents(of candidate: MiningCandidate) throws -> DocumentID? {
        try twin(of: candidate, in: positivesByContent)
    }

    /// A survivor, or a negative of another source, that has the candidate's contents; nil for none.
    func survivorWithContents(of candidate: MiningCandidate) throws -> DocumentID? {
        try twin(of: candidate, in: survivorsByContent)
    }

    private func twin(of candidate: MiningCandidate, in known: [UInt64: [DocumentID]]) throws -> DocumentID? {
        guard let hash = candidate.contentHash, let documents = known[hash] else { return nil }
        return try documents.first { try texts.areEqual($0, candidate.document) }
    }
}
