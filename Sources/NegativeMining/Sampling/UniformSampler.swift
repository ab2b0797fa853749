import RetrievalData

/// Draws survivors with equal chance and without repetition.
struct UniformSampler: NegativeSampler {
    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) -> [Int] {
        random.sample(count, from: Array(context.survivors.indices))
    }
}
