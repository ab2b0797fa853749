import RetrievalData

/// Gives candidates their fate: asks the filters in turn, then the sampler.
struct CandidateJudge: Sendable {
    let options: MiningOptions
    let filters: [any FalseNegativeFilter]
    let sampler: any NegativeSampler
    /// Gives candidates their signatures; nil where near duplicates are not looked for.
    let similarity: SimilarityIndex?
    /// Says how likely candidates are unlabelled positives; nil for no estimate.
    var estimator: FalseNegativeEstimator?
    /// The name of the source that stands at negatives and rejections.
    let source: String?
    /// Whether rejections carry what they rest on.
    var givesEvidence = false
    /// Whether candidates behind the last negative are left without a fate.
    var stopsEarly = false

    /// What gives the probabilities of a window's candidates; nil without an estimator.
    func estimates(_ window: CandidateWindow, in context: MiningContext) throws -> QueryEstimates? {
        try estimator?.estimates(
            for: context.query, positives: context.positives, leading: window.leading, of: window.candidates)
    }

    /// What became of the candidates of a window.
    func judge(
        _ window: CandidateWindow, count: Int, in context: MiningContext, estimates: QueryEstimates?
    ) throws -> MinedQuery {
        var context = context
        let taken = Set(context.taken)
        let documents = window.candidates.map(\.document.id)
        let prepared = try filters.map { try $0.prepared(for: documents, in: context) }
        var rejections = window.setAside
        var overruled: [DocumentID: RejectionReason] = [:]
        for (document, rank) in window.candidates {
            if stopsEarly, context.survivors.count >= count { break }
            let candidate = MiningCandidate(
                document: document.id, score: document.score, rank: rank,
                contentHash: try contentHash(of: document.id, estimates, context),
                falseNegativeProbability: try estimates?.probability(of: document, rank: rank),
                signature: try similarity?.signature(of: document.id))
            if taken.contains(candidate.document) {
                rejections.append(Rejection(candidate, .otherSource))
                continue
            }
            let decision = try prepared.decision(on: candidate, in: context)
            if let reason = decision.reason {
                var rejection = Rejection(candidate, reason)
                if givesEvidence { rejection.evidence = try decision.filter?.evidence(against: candidate, in: context) }
                rejections.append(rejection)
            } else {
                overruled[candidate.document] = decision.overruled
                context.addSurvivor(candidate)
            }
        }
        let item = context.query.id + (source.map { "\n" + $0 } ?? "")
        var random = SeededRandom(seed: options.seed, item: item)
        let chosen = Set(try sampler.choose(count, in: context, random: &random))
        var negatives: [HardNegative] = []
        for (place, survivor) in context.survivors.enumerated() {
            if chosen.contains(place) {
                negatives.append(
                    HardNegative(
                        document: survivor.document, score: survivor.score, rank: survivor.rank, source: source,
                        falseNegativeProbability: survivor.falseNegativeProbability,
                        overruled: overruled[survivor.document]))
            } else {
                rejections.append(Rejection(survivor, sampler.reasonForTheRest))
            }
        }
        if sampler.easiestFirst { negatives.reverse() }
        rejections.sort { $0.order.precedes($1.order) }
        if let source { for place in rejections.indices { rejections[place].source = source } }
        return MinedQuery(
            query: context.query, positives: context.positives, negatives: negatives, rejections: rejections,
            references: [
                MarginReference(source: source, positiveScore: context.positiveScore(options.marginAgainst))
            ])
    }
}

extension CandidateJudge {
    /// Asks the estimates first: they have read the document already.
    private func contentHash(
        of id: DocumentID, _ estimates: QueryEstimates?, _ context: MiningContext
    ) throws -> UInt64? {
        guard let estimates else { return try context.texts.contentHash(of: id) }
        return try estimates.contentHash(of: id)
    }
}

extension Rejection {
    fileprivate init(_ candidate: MiningCandidate, _ reason: RejectionReason) {
        self.init(
            document: candidate.document, score: candidate.score, rank: candidate.rank, reason: reason,
            falseNegativeProbability: candidate.falseNegativeProbability)
    }

    fileprivate var order: ScoredDocument { ScoredDocument(id: document, score: score) }
}
