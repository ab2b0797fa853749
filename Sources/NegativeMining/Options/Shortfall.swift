extension MiningOptions {
    /// What happens to a query with fewer survivors than negatives wanted; the report counts each.
    public enum Shortfall: String, Sendable, Hashable, Codable, CaseIterable {
        /// It keeps those it has, even none.
        case keep
        /// Its window is made deeper until there are enough, up to `wideningLimit` times `rangeMax`; then it keeps those it has.
        case widen
        /// Random documents that pass the same filters, the minimum score left out, fill it up.
        case fillRandom = "fill-random"
        /// It has no negatives at all.
        case drop
    }
}
