/// A measure that could not be read: the text, what is wrong with it, and the forms that are known.
public struct MeasureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The measure as the user wrote it.
    public var text: String
    /// What is wrong.
    public var problem: String

    /// A measure error from its parts.
    public init(text: String, problem: String) {
        self.text = text
        self.problem = problem
    }

    /// The text, the problem and the known measures.
    public var description: String {
        let known = Measure.known.map(\.form).joined(separator: ", ")
        return
            "measure '\(text)': \(problem); known measures: \(known), and trec_eval's names such as ndcg_cut_10, map, recip_rank"
    }
}
