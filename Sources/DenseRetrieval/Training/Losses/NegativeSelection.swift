/// Which negatives of the batch a loss with a margin takes.
public enum NegativeSelection: String, Sendable, Hashable, Codable, CaseIterable {
    /// All of them.
    case all
    /// Triplet: the one with the highest cosine; contrastive: those that are nearer than the farthest positive.
    case hardest
    /// Triplet alone: the one with the highest cosine below the positive's.
    case semiHard = "semi-hard"
}
