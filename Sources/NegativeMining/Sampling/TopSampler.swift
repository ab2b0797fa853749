import RetrievalData

/// Takes the best-ranked survivors.
struct TopSampler: NegativeSampler {
    var reasonForTheRest: RejectionReason { .surplus }

    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) -> [Int] {
        Array(context.survivors.indices.prefix(count))
    }
}
