/// The distinct terms of a query, each with a number, to be found by their bytes without making an array or a string.
struct TermNumbers: Sendable {
    /// The terms in the order of their numbers.
    private(set) var terms: [[UInt8]] = []
    /// For each first byte the numbers of the terms that begin with it.
    private var byFirst = [[Int]](repeating: [], count: 256)

    /// The number of a term; nil where it is not among them.
    func number(of term: some Collection<UInt8>) -> Int? {
        guard let first = term.first else { return nil }
        return byFirst[Int(first)].first { terms[$0].count == term.count && terms[$0].elementsEqual(term) }
    }

    /// Gives a term a number unless it has one.
    mutating func insert(_ term: some Collection<UInt8>) {
        guard let first = term.first, number(of: term) == nil else { return }
        byFirst[Int(first)].append(terms.count)
        terms.append(Array(term))
    }
}
