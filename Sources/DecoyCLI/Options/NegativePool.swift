import ArgumentParser
import Decoy

/// Which documents may become negatives.
enum NegativePool: String, Codable, Sendable, CaseIterable, ExpressibleByArgument {
    /// Those that are relevant to some query of the judgements: in a small closed corpus the others are the answers of other queries, and
    /// training on them as negatives teaches that they never answer anything.
    case trainPositives = "train-positives"
    /// All.
    case corpus

    /// The documents; nil for all.
    func documents(_ qrels: Qrels) -> Set<DocumentID>? {
        switch self {
        case .corpus: nil
        case .trainPositives: Set(qrels.queryIDs.flatMap { qrels.relevant(to: $0) })
        }
    }
}
