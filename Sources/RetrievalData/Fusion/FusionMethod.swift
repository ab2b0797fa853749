/// How the scores that several runs give a document become one.
///
/// Only runs that hold the document count; one that lacks it adds nothing.
public enum FusionMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// Σ weight / (constant + rank), ranks from 1 (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and Individual
    /// Rank Learning Methods, SIGIR 2009, section 2, with weights beside).
    case rrf
    /// Σ weight · score.
    case weighted
    /// Σ score (Fox, Shaw: Combination of Multiple Searches, TREC-2, 1994, table 1, as those that follow).
    case combSUM = "combsum"
    /// Σ score · the number of runs that hold the document.
    case combMNZ = "combmnz"
    /// Σ score / the number of runs that hold the document.
    case combANZ = "combanz"
    /// The highest score.
    case combMAX = "combmax"
    /// The lowest score.
    case combMIN = "combmin"
    /// The median of the scores; the mean of the middle two where their number is even.
    case combMED = "combmed"

    /// Whether weights of the runs have a meaning.
    public var takesWeights: Bool { self == .rrf || self == .weighted }

    /// Whether scores count; else only ranks do, and a normalisation has no meaning.
    public var looksAtScores: Bool { self != .rrf }

    /// One score of what the runs that hold a document give it, in the order of the runs; 0 of nothing.
    func combined(_ scores: [Double]) -> Double {
        if scores.isEmpty { return 0 }
        func sum() -> Double { scores.reduce(0, +) }
        switch self {
        case .rrf, .weighted, .combSUM: return sum()
        case .combMNZ: return sum() * Double(scores.count)
        case .combANZ: return sum() / Double(scores.count)
        case .combMAX: return scores.max() ?? 0
        case .combMIN: return scores.min() ?? 0
        case .combMED:
            let sorted = scores.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
    }
}
