/// The positives' score s⁺ that margins of a source's candidates are taken from, by `MiningOptions.marginAgainst`.
public struct MarginReference: Sendable, Hashable, Codable {
    /// The name of the mixture's source; nil where there is one retriever.
    public var source: String?
    /// s⁺; nil where the source's retriever knows no positive of the query.
    public var positiveScore: Double?

    /// A reference from its parts.
    public init(source: String?, positiveScore: Double?) {
        self.source = source
        self.positiveScore = positiveScore
    }
}
