/// What a guide masked, summed over the steps of a training.
public struct GuideCounts: Sendable, Hashable, Codable {
    /// Pairs of a query and a document of its batch that were not known to be relevant.
    public var negatives = 0
    /// Those of them that the guide masked.
    public var masked = 0
    /// Pairs of a query and a negative that was chosen for it.
    public var ownNegatives = 0
    /// Those of them that the guide masked.
    public var ownMasked = 0

    /// Nothing counted yet.
    public init() {}

    /// The share of the negatives that was masked; 0 without any.
    public var maskedShare: Double { negatives > 0 ? Double(masked) / Double(negatives) : 0 }

    /// The share of the queries' own, mined or random, negatives that was masked; 0 without any.
    public var ownMaskedShare: Double { ownNegatives > 0 ? Double(ownMasked) / Double(ownNegatives) : 0 }

    static func + (one: GuideCounts, other: GuideCounts) -> GuideCounts {
        var sum = one
        sum.negatives += other.negatives
        sum.masked += other.masked
        sum.ownNegatives += other.ownNegatives
        sum.ownMasked += other.ownMasked
        return sum
    }
}
