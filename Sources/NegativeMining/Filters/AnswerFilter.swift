import RetrievalData

/// Rejects a candidate that holds one of the query's answers: it answers the question, labelled or not.
///
/// As in DPR (Karpukhin et al. 2020, arXiv:2004.04906, section 3.2). Case doesn't count, nor does the width of white space. Where an answer
/// begins or ends with a digit or a letter that has cases, no such character may stand next to it: `art` is not in `party`.
public struct AnswerFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.answer.rawValue }
    private let answers: [QueryID: [AnswerPattern]]
    private let documents: any DocumentStore

    /// A filter of answers by query; queries without answers let every candidate pass.
    public init(answers: [QueryID: [String]], documents: any DocumentStore) {
        self.answers = answers.mapValues { $0.map { AnswerPattern($0) }.filter { !$0.isEmpty } }
        self.documents = documents
    }

    /// Looks for the answers in the candidate's contents.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        guard let patterns = answers[context.query.id], !patterns.isEmpty,
            let contents = try documents.document(candidate.document)?.contents
        else { return nil }
        let text = AnswerPattern(contents)
        return patterns.contains { $0.occurs(in: text) } ? .answer : nil
    }
}

/// A text with its case and white space folded.
struct AnswerPattern: Sendable, Hashable {
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        var folded: [Unicode.Scalar] = []
        var gap = false
        for scalar in text.lowercased().unicodeScalars {
            if scalar.isBlank {
                gap = !folded.isEmpty
                continue
            }
            if gap { folded.append(" ") }
            gap = false
            folded.append(scalar)
        }
        scalars = folded
    }

    var isEmpty: Bool { scalars.isEmpty }

    /// Whether it stands somewhere in a text, not within a word.
    ///
    /// Complexity: O(length of both multiplied), in practice that of the text.
    func occurs(in text: AnswerPattern) -> Bool {
        guard let first = scalars.first, let last = scalars.last, scalars.count <= text.scalars.count else {
            return false
        }
        for start in 0...(text.scalars.count - scalars.count) where text.scalars[start] == first {
            let end = start + scalars.count
            guard text.scalars[start..<end].elementsEqual(scalars) else { continue }
            let joinsBefore = start > 0 && Self.join(text.scalars[start - 1], first)
            let joinsAfter = end < text.scalars.count && Self.join(last, text.scalars[end])
            if !joinsBefore && !joinsAfter { return true }
        }
        return false
    }

    private static func join(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        one.isSpelled && other.isSpelled
    }
}

extension Unicode.Scalar {
    /// Digits, and letters of alphabets with cases: those of languages that write spaces.
    fileprivate var isSpelled: Bool {
        value < 0x80 ? isPartOfWord : properties.isCased || properties.generalCategory == .decimalNumber
    }
}
