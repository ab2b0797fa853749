import Essentials
import RetrievalData

/// Draws survivors without repetition, each with a chance in proportion to exp(−a (z − b)²), z being its distance from the positive.
///
/// SimANS (Zhou et al.: Simple Ambiguous Negatives Sampling for Dense Text Retrieval, EMNLP 2022 industry track, equation 2), with
/// z = (s − s⁺) / σ in place of s − s⁺, where σ is the standard deviation of the survivors' scores: a and b mean the same for BM25, whose scores
/// differ from query to query, and for cosines. Where the retriever knows no positive, s⁺ is the best survivor's score; where all scores are
/// equal every survivor has the same chance.
///
/// The draw takes the greatest of log p + g, g being Gumbel-distributed, which is the same as drawing one after the other (Efraimidis and
/// Spirakis 2006; Kool et al. 2019, arXiv:1903.06059), and never underflows.
struct ScoreWeightedSampler: NegativeSampler {
    let sharpness: Double
    let offset: Double
    let reference: PositiveReference

    func choose(_ count: Int, in context: MiningContext, random: inout SeededRandom) -> [Int] {
        let weights = logWeights(of: context.survivors.map(\.score), positive: context.positiveScore(reference))
        let keys = weights.map { weight in
            // Within (0, 1), so that both logarithms are finite.
            weight - log(-log((Double(random.next() >> 12) + 0.5) * 0x1p-52))
        }
        return Array(keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1 }.prefix(count))
    }

    /// −a (z − b)² for each score.
    func logWeights(of scores: [Double], positive: Double?) -> [Double] {
        let mean = scores.reduce(0, +) / Double(max(scores.count, 1))
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(scores.count, 1))
        guard let positive = positive ?? scores.max(), variance > 0 else { return scores.map { _ in 0 } }
        return scores.map { score in
            let distance = (score - positive) / variance.squareRoot() - offset
            return -sharpness * distance * distance
        }
    }
}
