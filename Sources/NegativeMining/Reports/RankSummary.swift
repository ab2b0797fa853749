/// What became of the candidates at some ranks.
///
/// Ranks stand alone below 100, in tens below 1000, in hundreds below 10,000, and so on.
public struct RankSummary: Sendable, Hashable, Codable {
    /// The first rank, from 0.
    public var firstRank: Int
    /// The last rank.
    public var lastRank: Int
    /// Candidates that became negatives.
    public var kept: Int
    /// Candidates that filters or the window rejected.
    public var rejected: Int
    /// Candidates that passed all filters and were not needed.
    public var unused: Int
    /// The mean of s / s⁺ of the kept ones, s⁺ being the positives' score that margins are taken from; nil where there is none above 0.
    public var keptRelativeScore: Double?
    /// The same of the rejected ones.
    public var rejectedRelativeScore: Double?
    /// The same of the unused ones.
    public var unusedRelativeScore: Double?
}

/// Adds up what became of candidates rank by rank.
struct RankCollector {
    private struct Bin {
        var counts = [0, 0, 0]
        var relative = [MeanCollector(), MeanCollector(), MeanCollector()]
    }

    private var bins: [Bin] = []

    mutating func add(rank: Int, _ outcome: CandidateOutcome, relativeScore: Double?) {
        let place = Self.bin(of: rank)
        while bins.count <= place { bins.append(Bin()) }
        bins[place].counts[outcome.rawValue] += 1
        if let relativeScore { bins[place].relative[outcome.rawValue].add(relativeScore) }
    }

    /// All ranks that candidates had, ascending.
    var summaries: [RankSummary] {
        bins.indices.filter { bins[$0].counts.contains { $0 > 0 } }.map { place in
            let bin = bins[place]
            let ranks = Self.ranks(of: place)
            return RankSummary(
                firstRank: ranks.lowerBound, lastRank: ranks.upperBound, kept: bin.counts[0], rejected: bin.counts[1],
                unused: bin.counts[2], keptRelativeScore: bin.relative[0].mean,
                rejectedRelativeScore: bin.relative[1].mean, unusedRelativeScore: bin.relative[2].mean)
        }
    }

    /// The first two digits of a rank say where it belongs.
    private static func bin(of rank: Int) -> Int {
        var place = 0
        var head = max(rank, 0)
        while head >= 100 {
            head /= 10
            place += 90
        }
        return place + head
    }

    private static func ranks(of place: Int) -> ClosedRange<Int> {
        if place < 100 { return place...place }
        let unit = (0...((place - 100) / 90)).reduce(1) { unit, _ in unit * 10 }
        let head = 10 + (place - 100) % 90
        return head * unit...(head + 1) * unit - 1
    }
}
