extension MiningOptions {
    /// Which texts count as duplicates.
    public enum Deduplication: String, Sendable, Hashable, Codable, CaseIterable {
        /// Documents whose contents (title, space, text) are equal byte by byte.
        case exact
        /// Those, and documents that have most of their shingles in common.
        case near
        /// None; texts are not looked at.
        case off
    }
}
