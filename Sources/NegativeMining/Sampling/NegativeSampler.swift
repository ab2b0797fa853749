import RetrievalData

/// Chooses negatives from the candidates that passed every filter.
protocol NegativeSampler: Sendable {
    /// The reason of those that were not chosen.
    var reasonForTheRest: RejectionReason { get }

    /// Whether the chosen are handed out lowest-ranked first.
    var easiestFirst: Bool { get }

    /// The places of the chosen among the context's survivors, in any order; all places where there are no more than `count`.
    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) throws -> [Int]
}

extension NegativeSampler {
    var reasonForTheRest: RejectionReason { .notSampled }

    var easiestFirst: Bool { false }
}

extension MiningOptions {
    /// The sampler that the options name.
    func sampler(documents: any DocumentStore) -> any NegativeSampler {
        switch sampling {
        case .top: TopSampler()
        case .random: UniformSampler()
        case .scoreWeighted:
            ScoreWeightedSampler(sharpness: scoreSharpness, offset: scoreOffset, reference: marginAgainst)
        case .diverse: DiverseSampler(documents: documents, relevanceWeight: relevanceWeight)
        case .curriculum: CurriculumSampler()
        }
    }
}
