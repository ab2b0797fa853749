/// How many candidates had a fate, and what they were like.
public struct FateSummary: Sendable, Hashable, Codable {
    /// `kept`, or the reason of the rejection.
    public var fate: String
    /// The number of candidates.
    public var candidates: Int
    /// Their mean rank, from 0; nil where they have none.
    public var meanRank: Double?
    /// The mean of s / s⁺, s⁺ being the positives' score that margins are taken from; nil where there is none above 0.
    public var meanRelativeScore: Double?
}

/// Adds up candidates by their fate.
struct FateCollector {
    private struct Sums {
        var count = 0
        var rank = MeanCollector()
        var relative = MeanCollector()
    }

    private var sums: [String: Sums] = [:]

    mutating func add(_ fate: String, rank: Int?, relativeScore: Double?) {
        sums[fate, default: Sums()].count += 1
        if let rank { sums[fate]?.rank.add(Double(rank)) }
        if let relativeScore { sums[fate]?.relative.add(relativeScore) }
    }

    /// The most frequent first, then by name.
    var summaries: [FateSummary] {
        sums.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { fate, sums in
            FateSummary(
                fate: fate, candidates: sums.count, meanRank: sums.rank.mean, meanRelativeScore: sums.relative.mean)
        }
    }
}
