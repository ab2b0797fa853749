/// What the dictionary says of a term: where its postings are and how many.
struct TermEntry: Sendable, Hashable {
    /// The number of documents that hold the term.
    var documentFrequency: Int
    /// The number of its occurrences.
    var collectionFrequency: Int
    /// The offset of the list in the postings file.
    var postingsOffset: Int
    /// The number of bytes of the list.
    var postingsLength: Int
    /// The offset of the list in the positions file; 0 where there is none.
    var positionsOffset = 0
    /// The number of bytes of that list.
    var positionsLength = 0
}
