import RetrievalData

/// Chooses negatives from the candidates that passed every filter.
protocol NegativeSampler: Sendable {
    /// The reason of those that were not chosen.
    var reasonForTheRest: RejectionReason { get }

    /// The places of the chosen, in any order; all places where there are no more than `count`.
    func choose(_ count: Int, from survivors: [MiningCandidate], random: inout SeededRandom) -> [Int]
}

/// Takes the best-ranked survivors.
struct TopSampler: NegativeSampler {
    var reasonForTheRest: RejectionReason { .surplus }

    func choose(_ count: Int, from survivors: [MiningCandidate], random: inout SeededRandom) -> [Int] {
        Array(survivors.indices.prefix(count))
    }
}

/// Draws survivors with equal chance and without repetition.
struct UniformSampler: NegativeSampler {
    var reasonForTheRest: RejectionReason { .notSampled }

    func choose(_ count: Int, from survivors: [MiningCandidate], random: inout SeededRandom) -> [Int] {
        random.sample(count, from: Array(survivors.indices))
    }
}
