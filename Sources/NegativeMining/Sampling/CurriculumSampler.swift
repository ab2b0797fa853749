import RetrievalData

/// Takes survivors at even distances from the lowest-ranked to the best, for a trainer that goes from easy to hard; one alone is the best.
struct CurriculumSampler: NegativeSampler {
    var easiestFirst: Bool { true }

    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) -> [Int] {
        let survivors = context.survivors.count
        if survivors <= count { return Array(0..<survivors) }
        if count <= 1 { return Array(0..<count) }
        return (0..<count).map { $0 * (survivors - 1) / (count - 1) }
    }
}
