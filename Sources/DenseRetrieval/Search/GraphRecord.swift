import NumericKernels

/// What the `decoy.json` of a vector folder says of the graph for approximate search.
public struct GraphRecord: Sendable, Hashable, Codable {
    /// The links of a row on an upper layer; on the lowest one twice as many.
    public var links: Int
    /// How many rows were in sight while the graph was built.
    public var buildBreadth: Int
    /// The row where a search begins.
    public var entry = 0
    /// The lists of the upper layers.
    public var upperLists = 0

    /// A graph still to be built.
    public init(links: Int = 16, buildBreadth: Int = 200) {
        self.links = links
        self.buildBreadth = buildBreadth
    }

    /// The links that a graph may have.
    public static let linkRange = NearestGraph.linkRange
    /// How many rows may be in sight.
    public static let breadthRange = NearestGraph.breadthRange
}
