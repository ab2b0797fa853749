import RetrievalData

/// Draws random documents as negatives: the control that mined negatives must beat at the same count and from the same pool.
///
/// The draw depends on the seed, the round and the query's id alone: not on the order of queries or of the pool, nor on threads.
public struct RandomNegativeSampler: Sendable {
    /// The documents that are drawn from, in byte order, each once.
    public let pool: [DocumentID]
    /// The seed of every draw.
    public let seed: UInt64
    /// Which texts count as duplicates; `near` is `exact` here.
    public let dedupe: MiningOptions.Deduplication
    private let documents: any DocumentStore

    /// A sampler over a pool of documents, or over all of the store's where the pool is nil.
    public init(
        documents: any DocumentStore, pool: Set<DocumentID>? = nil, seed: UInt64,
        dedupe: MiningOptions.Deduplication = .exact
    ) throws {
        let ids = try pool.map(Array.init) ?? documents.documentIDs()
        self.pool = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.documents = documents
        self.seed = seed
        self.dedupe = dedupe
    }

    /// `count` documents for each query in the order of the queries, fewer where the pool has no more.
    ///
    /// Never a positive of the query, never a document with the text of one, never one text twice (unless `dedupe` is off), never a
    /// document that the store lacks. A fresh draw for each epoch has another `round`. Queries without positives get negatives too.
    public func negatives(
        for queries: [Query], qrels: Qrels, count: Int, minimumGrade: Int = 1, round: Int = 0
    ) throws -> [[DocumentID]] {
        let texts = TextIndex(documents: documents)
        return try queries.map { query in
            let positives = qrels.relevant(to: query.id, minimumGrade: minimumGrade)
            return try draw(query.id, positives: positives, count: count, round: round, texts: texts)
        }
    }

    /// `count` documents for one query; see `negatives(for:qrels:count:minimumGrade:round:)`.
    public func negatives(
        forQuery query: QueryID, positives: [DocumentID], count: Int, round: Int = 0
    ) throws -> [DocumentID] {
        try draw(query, positives: positives, count: count, round: round, texts: TextIndex(documents: documents))
    }

    private func draw(
        _ query: QueryID, positives: [DocumentID], count: Int, round: Int, texts: TextIndex
    ) throws -> [DocumentID] {
        let excluded = Set(positives)
        var chosen: [DocumentID] = []
        try drawing(for: query, round: round) { candidate in
            guard chosen.count < count else { return false }
            guard try !excluded.contains(candidate) && texts.contains(candidate) else { return true }
            if dedupe != .off {
                let known = positives + chosen
                if try known.contains(where: { try texts.areEqual(candidate, $0) }) { return true }
            }
            chosen.append(candidate)
            return true
        }
        return chosen
    }

    /// Hands out the documents of the pool in random order, as long as `each` returns true.
    ///
    /// Fisher–Yates from the front, holding only the places that moved: ends after the whole pool at the latest.
    func drawing(for query: QueryID, round: Int = 0, each: (DocumentID) throws -> Bool) throws {
        var random = SeededRandom(seed: StableHash.mix(seed) &+ UInt64(truncatingIfNeeded: round), item: query)
        var moved: [Int: Int] = [:]
        for place in pool.indices {
            let other = place + random.next(below: pool.count - place)
            let drawn = moved[other] ?? other
            moved[other] = moved[place] ?? place
            guard try each(pool[drawn]) else { return }
        }
    }
}
