import TextAnalysis

/// One distinct term of a query.
struct QueryTerm: Sendable, Hashable {
    var bytes: [UInt8]
    /// How often it occurs in the query.
    var frequency: Int
}

/// The distinct terms of a query in ascending byte order: the order in which contributions are summed.
enum QueryTerms {
    /// The terms of a text.
    static func of(_ text: String, session: AnalyzerSession) -> [QueryTerm] {
        var terms: [[UInt8]] = []
        session.forEachTerm(in: text) { term, _ in terms.append([UInt8](term)) }
        terms.sort { a, b in a.withUnsafeBytes { a in b.withUnsafeBytes { ByteOrder.compare(a, $0) < 0 } } }
        var distinct: [QueryTerm] = []
        for term in terms {
            if distinct.last?.bytes == term {
                distinct[distinct.count - 1].frequency += 1
            } else {
                distinct.append(QueryTerm(bytes: term, frequency: 1))
            }
        }
        return distinct
    }
}
