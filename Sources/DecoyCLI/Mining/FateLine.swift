import Decoy

/// One candidate's fate, for `--explain`.
struct FateLine: Encodable {
    var query: QueryID
    var candidate: CandidateFate

    private enum Key: CodingKey { case query }

    /// The candidate's keys with the query's id among them.
    func encode(to encoder: any Encoder) throws {
        try candidate.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(query, forKey: .query)
    }

    /// One JSON line for each negative and each rejection of a query.
    static func lines(of mined: MinedQuery) throws -> String {
        try mined.fates.map { try JSONOutput.line(FateLine(query: mined.query.id, candidate: $0)) + "\n" }.joined()
    }
}
