/// How a query's postings are turned into its best documents; every strategy gives the same documents with the same score bits.
public enum EvaluationStrategy: String, Codable, Sendable, Hashable, CaseIterable {
    /// What suits the number of documents, k and the query.
    case automatic
    /// Every posting of every term is scored into one accumulator a document.
    case exhaustive
    /// Windows of documents and lists that cannot reach the best k are skipped by the maxima of their blocks.
    case maxScore
}

/// The numbers that evaluation works by; tests change them to reach every case with few documents.
struct EvaluationTuning: Sendable, Hashable {
    /// log2 of the documents of a window, at least 5.
    var windowBits: Int?
    /// The windows with the highest bounds that are evaluated before the others.
    var primingWindows = 2
    /// A window in which at most one document of so many has a posting is read back through a list of documents.
    var sparseness = 8
    /// How many postings are scored in the time that one document is looked up in a list.
    var lookUpCost = 48

    /// log2 of the window: with pruning small windows, which have low bounds and sums in the first-level cache; without it larger ones,
    /// with sums in the second-level cache, so that lists are cut less often.
    func bits(pruning: Bool) -> Int {
        windowBits ?? (pruning ? 12 : 13)
    }
}
