import RetrievalData

/// Random documents that pass the filters.
struct RandomFill: Sendable {
    /// How many documents are drawn for each one wanted, before it is given up.
    static let drawsPerNegative = 1000

    let sampler: RandomNegativeSampler
    /// Scores the documents, so that margins hold for them too; nil where no retriever is at hand.
    let scorer: (any Retriever)?
    /// All filters but the minimum score, which no random document reaches.
    let filters: [any FalseNegativeFilter]
    /// Gives documents their signatures; nil where near duplicates are not looked for.
    let similarity: SimilarityIndex?
    /// The rank that filters see: the end of the window.
    let rank: Int

    init(
        sampler: RandomNegativeSampler, scorer: (any Retriever)?, filters: [any FalseNegativeFilter],
        similarity: SimilarityIndex?, rank: Int
    ) {
        self.sampler = sampler
        self.scorer = scorer
        self.filters = filters.filter { !($0 is MinimumScoreFilter) }
        self.similarity = similarity
        self.rank = rank
    }

    /// `count` documents that the context's query has neither as positives nor as negatives, nor among the excluded; fewer where filters let
    /// too few pass.
    ///
    /// Documents whose score isn't known pass the filters of scores; none has an estimate, which is for ranked ones.
    func draw(_ count: Int, in context: MiningContext, excluding excluded: Set<DocumentID>) throws -> [HardNegative] {
        var context = context
        var excluded = excluded.union(context.taken)
        excluded.formUnion(context.positives.map(\.document))
        var chosen: [HardNegative] = []
        var draws = 0
        try sampler.drawing(for: context.query.id) { document in
            guard chosen.count < count, draws < count * Self.drawsPerNegative else { return false }
            draws += 1
            if excluded.contains(document) { return true }
            let score = try scorer?.scores(of: [document], for: context.query).first ?? nil
            let candidate = MiningCandidate(
                document: document, score: score ?? -.infinity, rank: rank,
                contentHash: try context.texts.contentHash(of: document), falseNegativeProbability: nil,
                signature: try similarity?.signature(of: document))
            let prepared = try filters.map { try $0.prepared(for: [document], in: context) }
            let decision = try prepared.decision(on: candidate, in: context)
            if decision.reason == nil {
                context.addSurvivor(candidate)
                chosen.append(
                    HardNegative(
                        document: document, score: score, rank: nil, source: NegativeMixture.randomName,
                        overruled: decision.overruled))
            }
            return true
        }
        return chosen
    }
}

extension NegativeMixture {
    /// The source's name at documents that fill up.
    static let randomName = "random"
}
