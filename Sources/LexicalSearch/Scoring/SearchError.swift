/// What can be wrong with how a search is asked for.
public enum SearchError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A parameter of the similarity is out of its range.
    case invalidParameter(name: String, value: String, expected: String)
    /// The index was made by an analyzer that this program does not have.
    case analyzerMismatch(index: String, reason: String, remedy: String)
    /// The index was made without stored text.
    case textNotStored(index: String)
    /// The index was made without token positions.
    case positionsNotStored(index: String)
    /// The index was made, in part at least, before metadata were kept for filters.
    case metadataNotIndexed(index: String, segment: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value, let expected):
            "\(name) is \(value); expected \(expected)"
        case .analyzerMismatch(let index, let reason, let remedy):
            "\(index): its terms were made by another analyzer: \(reason); build the index anew: \(remedy)"
        case .textNotStored(let index):
            "\(index): holds no document text; build it again with stored text"
        case .positionsNotStored(let index):
            "\(index): holds no token positions, which phrases and proximity need; build it again with positions"
        case .metadataNotIndexed(let index, let segment):
            "\(index): its segment '\(segment)' was written before metadata were kept for filters; build the index again"
        }
    }
}
