/// A measure that could not be read: the text, and what is wrong with it.
public struct MeasureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The measure as the user wrote it.
    public var text: String
    /// What is wrong, and what would be right.
    public var problem: String

    /// A measure error from its parts.
    public init(text: String, problem: String) {
        self.text = text
        self.problem = problem
    }

    /// The error of a name that is none, with those that are.
    static func unknown(_ text: String, problem: String = "is not known") -> MeasureError {
        let known = Measure.known.map(\.form).joined(separator: ", ")
        return MeasureError(
            text: text,
            problem:
                "\(problem); known measures: \(known), and trec_eval's names such as ndcg_cut_10, map, recip_rank")
    }

    /// The text and the problem.
    public var description: String { "measure '\(text)': \(problem)" }
}
