/// A stretch of a document's text with the places of a query's words in it.
public struct Snippet: Sendable, Hashable, Codable {
    /// The stretch as it stands in the text; it begins and ends between characters.
    public var text: String
    /// Where it begins in the text, in bytes of UTF-8.
    public var start: Int
    /// Where it ends in the text, in bytes of UTF-8.
    public var end: Int
    /// The query's words in the stretch, in bytes of UTF-8 from its start: ascending, apart from one another, between characters.
    public var ranges: [Range<Int>]

    /// A snippet from its parts.
    public init(text: String, start: Int, end: Int, ranges: [Range<Int>]) {
        self.text = text
        self.start = start
        self.end = end
        self.ranges = ranges
    }
}
