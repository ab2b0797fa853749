/// Everything that happens to one token after it was cut: the filters of an analyzer in their order.
///
/// The slow way, once per distinct token; ``ByteKeyedCache`` remembers the outcome.
final class TermFilter {
    /// What became of a token.
    enum Outcome {
        /// Nothing was left: not a token at all.
        case empty
        /// Removed by a filter, but it counts as a position.
        case removed
        /// The bytes now in the buffer are the term.
        case term
        /// Several terms at one position: ``TermFilter/terms``.
        case several
    }

    private let steps: [TermStep]
    /// Case folding mends ill-formed UTF-8 by itself.
    private let repairsFirst: Bool
    /// The terms of the last token; distinct, and none where it was removed or nothing was left.
    private(set) var terms: [[UInt8]] = []

    /// The steps of filters; throws ``AnalyzerError`` for a name that is not known.
    init(_ filters: [TokenFilter]) throws {
        var steps: [TermStep] = []
        for filter in filters { steps.append(try TermStep(filter, after: steps)) }
        self.steps = steps
        repairsFirst = filters.first != .fold(.nfkcCasefold)
    }

    /// Turns the token's bytes into its term, in place; of several terms the first stays there.
    func apply(_ term: inout [UInt8]) -> Outcome {
        terms.removeAll(keepingCapacity: true)
        if repairsFirst { CaseFolding.repair(&term) }
        var wasRemoved = false
        run(&term, from: 0, isProtected: false, wasRemoved: &wasRemoved)
        guard let first = terms.first else { return wasRemoved ? .removed : .empty }
        term = first
        return terms.count == 1 ? .term : .several
    }

    /// Applies the steps from a place on, and keeps what comes out.
    private func run(_ term: inout [UInt8], from start: Int, isProtected: Bool, wasRemoved: inout Bool) {
        var isProtected = isProtected
        for (place, step) in steps.enumerated().dropFirst(start) {
            if term.isEmpty { return }
            switch step.apply(to: &term, isProtected: &isProtected) {
            case .kept: break
            case .removed:
                wasRemoved = true
                return
            case .replaced(let others):
                for var other in others {
                    run(&other, from: place + 1, isProtected: isProtected, wasRemoved: &wasRemoved)
                }
                return
            }
        }
        if !term.isEmpty, !terms.contains(term) { terms.append(term) }
    }

    /// What each step made of a token; nothing where it was removed there or before.
    func trace(_ token: [UInt8]) -> [[[UInt8]]] {
        var token = token
        if repairsFirst { CaseFolding.repair(&token) }
        var words = [(bytes: token, isProtected: false)]
        return steps.map { step in
            var results: [(bytes: [UInt8], isProtected: Bool)] = []
            for var word in words where !word.bytes.isEmpty {
                switch step.apply(to: &word.bytes, isProtected: &word.isProtected) {
                case .kept: results.append(word)
                case .removed: break
                case .replaced(let others): results += others.map { ($0, word.isProtected) }
                }
            }
            words = results
            return words.map(\.bytes)
        }
    }
}
