import RetrievalData

/// Labelled positives that are taken for unlabelled ones: of each query with several positives one is hidden, drawn by seed and query id.
///
/// Where such queries are few, a second round hides another positive of each, and so on.
///
/// Neither the order of queries nor that of judgements matters.
public struct HiddenPositives: Sendable {
    /// The queries of which a positive is hidden, in byte order of their ids.
    public let queries: [Query]
    /// Their judgements without the hidden positives.
    public let qrels: Qrels
    /// The hidden positive of each query.
    public let documents: [QueryID: DocumentID]
    /// The part of each query, from 0 and the same in every round: an estimate is never tested on the part that it was fitted on.
    public let parts: [QueryID: Int]
    /// The number of parts.
    static let partCount = 5
    /// With as many hidden positives there is no further round.
    private static let enough = 1_000

    /// The rounds: one, or as many as it takes to have 1,000 hidden positives or to have hidden each.
    public static func rounds(
        queries: [Query], qrels: Qrels, minimumGrade: Int = 1, seed: UInt64 = 0, limit: Int = 2_000
    ) -> [HiddenPositives] {
        var rounds: [HiddenPositives] = []
        var count = 0
        while count < enough {
            let round = HiddenPositives(
                queries: queries, qrels: qrels, minimumGrade: minimumGrade, seed: seed, limit: limit,
                round: rounds.count)
            if round.queries.isEmpty { break }
            count += round.queries.count
            rounds.append(round)
        }
        return rounds
    }

    /// Hides positives of at most `limit` of the queries, drawn by seed and id.
    ///
    /// `round` says which of a query's positives, which were put into random order; queries with no more positives than that are left out.
    public init(
        queries: [Query], qrels: Qrels, minimumGrade: Int = 1, seed: UInt64 = 0, limit: Int = 2_000, round: Int = 0
    ) {
        let ordered = queries.map { (hash: StableHash.fnv1a64($0.id, seed: seed), query: $0) }
            .sorted { $0.hash != $1.hash ? $0.hash < $1.hash : $0.query.id.precedesInBytes($1.query.id) }
        var chosen: [Query] = []
        var documents: [QueryID: DocumentID] = [:]
        var parts: [QueryID: Int] = [:]
        for (_, query) in ordered where chosen.count < limit && documents[query.id] == nil {
            let positives = qrels.relevant(to: query.id, minimumGrade: minimumGrade)
            guard positives.count > 1 else { continue }
            var random = SeededRandom(seed: seed, item: query.id)
            documents[query.id] = random.shuffled(positives).dropFirst(round).first ?? ""
            parts[query.id] = chosen.count % Self.partCount
            chosen.append(query)
        }
        chosen.removeAll { documents[$0.id] == "" }
        var remaining = Qrels()
        for query in chosen {
            for (document, grade) in qrels[query.id] where document != documents[query.id] {
                remaining.judge(query: query.id, document: document, grade: grade)
            }
        }
        self.queries = chosen.sorted { $0.id.precedesInBytes($1.id) }
        self.qrels = remaining
        self.documents = documents.filter { $0.value != "" }
        self.parts = parts
    }
}

extension String {
    fileprivate func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
