import DurableStorage
import RetrievalData
import TextAnalysis

/// Ranks the documents of an index for queries by BM25, or, where it has fields, by BM25F (`FieldWeights`).
///
/// A document's score is the sum of its terms' contributions, each in single precision: they are added in double precision in ascending byte
/// order of the terms, and the sum is rounded once, as Lucene does. Documents with a score of zero, such as those that hold no term of the
/// query, are not returned. Ties are broken by id, descending in byte order. Every strategy, every number of threads and every division into
/// segments gives the same documents with the same score bits.
///
/// The value is cheap to copy and may be used from any thread.
public struct Searcher: Retriever, DocumentStore {
    /// The name in run tags and reports; `bm25` unless changed.
    public var name = "bm25"
    /// How postings are evaluated; answers do not depend on it.
    public var strategy = EvaluationStrategy.automatic
    /// Whether text between double quotes is a phrase that every hit must hold (``PhraseQuery``); quotes are ordinary characters unless set.
    ///
    /// Where the index has no positions, a query with a phrase throws `SearchError.positionsNotStored`.
    public var phrases = false
    /// The index that is searched.
    public let reader: IndexReader
    /// The similarity.
    public let similarity: BM25
    /// The number of threads for many queries at once.
    public let threads: Int
    var tuning = EvaluationTuning()
    /// For each segment the documents that may be hits; nil where all may.
    ///
    /// Statistics and scores do not depend on it.
    var permitted: [DocumentSet]?
    let statistics: any CollectionStatistics
    private let usesOwnStatistics: Bool
    let analyzer: Analyzer
    let norms: [InverseNorms]
    /// How documents are scored in an index with fields; nil in others.
    let fields: FieldScorer?
    let sessions: SessionStack

    /// Hits for which it pays to verify the table of ids as a whole; fewer do where it has fewer pages.
    private static let manyHits = 64

    /// A searcher over an index.
    ///
    /// `statistics` are the index's own unless others are given, such as those of all shards together; an index with fields takes no others.
    /// `fields` are the weights of BM25F, of a field that is left out 0, and the index's own unless given. Throws `FieldError` where the
    /// index lacks one of them, and `SearchError.analyzerMismatch` where this program's analyzer would not give the terms that the index
    /// holds.
    public init(
        reader: IndexReader, similarity: BM25 = BM25(), threads: Int = 1,
        statistics: (any CollectionStatistics)? = nil, fields: FieldWeights? = nil
    ) throws {
        try similarity.validate()
        let analyzer = try reader.matchingAnalyzer()
        usesOwnStatistics = statistics == nil
        if reader.fields != nil, statistics != nil {
            throw FieldError.invalid("\(reader.path): has fields, and their weights need the index's own statistics")
        }
        self.fields = try reader.fields == nil && fields == nil ? nil : FieldScorer(reader, fields, similarity)
        let statistics = statistics ?? reader
        self.reader = reader
        self.similarity = similarity
        self.threads = max(1, threads)
        self.statistics = statistics
        self.analyzer = analyzer
        let plain = self.fields == nil ? reader.segments : []
        norms = plain.map { InverseNorms($0, similarity, averageLength: statistics.averageLength) }
        sessions = SessionStack(analyzer)
    }

    /// The best `k` documents for a text, in the total order.
    public func search(_ text: String, k: Int) throws -> [ScoredDocument] {
        try withSession { try search(text, k: k, $0) }
    }

    /// The best `k` documents for weighted terms, in the total order; a weight takes the place of the number of occurrences.
    public func search(_ query: WeightedQuery, k: Int) throws -> [ScoredDocument] {
        try withSession { try search(query, k: k, $0) }
    }

    /// Calls `body` with a session that nobody else holds.
    func withSession<R>(_ body: (SearchSession) throws -> R) rethrows -> R {
        let session = sessions.take()
        defer { sessions.put(session) }
        return try body(session)
    }

    /// Answers each query with its best `k` documents, on all threads, in the order of the queries, as the answers are ready.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try retrieve(queries, k: k, each: each) { try search($0, k: k, $1) }
    }

    /// Answers each query by `search`, which finds `k` documents, on all threads, in the order of the queries.
    func retrieve(
        _ queries: [Query], k: Int, each: (Ranking) throws -> Void,
        by search: @escaping @Sendable (String, SearchSession) throws -> [ScoredDocument]
    ) throws {
        let workers = Workers(sessions: (0..<threads).map { _ in sessions.take() })
        defer { for session in workers.sessions { sessions.put(session) } }
        // Fewer of the long rankings are held.
        let chunk = min(16, max(1, 4096 / max(k, 1)))
        try OrderedParallel.run(queries.count, threads: threads, chunkLimit: chunk) { index, thread in
            Result { try search(queries[index].text, workers.sessions[thread]) }
        } deliver: { index, answer in
            try each(Ranking(queryID: queries[index].id, documents: answer.get()))
        }
    }

    /// A text with its phrases, where they are looked for.
    func parse(_ text: String) -> PhraseQuery { phrases ? PhraseQuery(parsing: text) : PhraseQuery(text: text) }

    /// A text without the quotes of its phrases.
    func plainText(of text: String) -> String { parse(text).text }

    /// One session a thread.
    private struct Workers: @unchecked Sendable {
        let sessions: [SearchSession]
    }

    func search(_ text: String, k: Int, _ session: SearchSession) throws -> [ScoredDocument] {
        let query = parse(text)
        session.terms.set(query.text, session: session.analyzer)
        return try search(phrases: query.phrases, k: k, session)
    }

    /// The best documents for weighted terms, of those that hold the phrases of a text, where phrases are looked for.
    func search(
        _ query: WeightedQuery, phrasesOf text: String = "", k: Int, _ session: SearchSession
    ) throws -> [ScoredDocument] {
        session.terms.set(query)
        return try search(phrases: parse(text).phrases, k: k, session)
    }

    /// The best documents for the terms of a session, of those that hold all phrases.
    private func search(phrases: [String], k: Int, _ session: SearchSession) throws -> [ScoredDocument] {
        if k <= 0 || reader.storedDocumentCount == 0 { return [] }
        try locate(session)
        let permitted = try documentSets(holding: phrases, session)
        let exact = fields == nil && ExactSums.hold(session.saturations.lazy.filter { $0.slope > 0 })
        var best: [ScoredDocument] = []
        for index in reader.segments.indices {
            let floor = best.count == k ? Float(best[k - 1].score) : 0
            let allowed = permitted?[index]
            if allowed?.count == 0 { continue }
            let found = try search(segment: index, permitted: allowed, k: k, floor: floor, exact: exact, session)
            best = best.isEmpty ? found : Self.merge(best, found, k)
        }
        return best
    }

    private func search(
        segment index: Int, permitted: DocumentSet?, k: Int, floor: Float, exact: Bool, _ session: SearchSession
    ) throws -> [ScoredDocument] {
        let segment = reader.segments[index]
        let postings = try fields?.postingCount(segment: index, session) ?? gather(segment: index, session)
        if postings == 0 { return [] }
        let k = min(k, segment.documentCount, postings)
        session.collector.reset(k: k, floor: floor)
        if let fields {
            try fields.run(segment: index, permitted: permitted, session)
        } else {
            try evaluate(
                segment: index, permitted: permitted, pruning: exact && prunes(k: k, postings: postings), session)
        }
        return try hits(of: segment, session.collector.finish())
    }

    /// Offers the session's collector the documents of a segment.
    private func evaluate(
        segment index: Int, permitted: DocumentSet?, pruning: Bool, _ session: SearchSession
    ) throws {
        let segment = reader.segments[index]
        let norms = norms[index]
        try norms.ofCodes.withUnsafeBufferPointer { codeNorms in
            let evaluator = SegmentEvaluator(
                documentCount: segment.documentCount, norms: try norms.get(),
                codeNorms: codeNorms.baseAddress.unsafelyUnwrapped, ranks: try segment.ids.rank.reader(),
                deleted: segment.deleted, permitted: permitted, tuning: tuning, pruning: pruning, session: session)
            try evaluator.run()
        }
    }

    /// The documents that the collector kept.
    private func hits(of segment: Segment, _ keys: UnsafeBufferPointer<UInt64>) throws -> [ScoredDocument] {
        var found: [ScoredDocument] = []
        found.reserveCapacity(keys.count)
        if keys.count >= min(Self.manyHits, segment.ids.file.pageCount) {
            var index = 0
            try segment.ids.forEachID(ranked: keys.lazy.map(TopKCollector.rank)) { id in
                found.append(ScoredDocument(id: id, score: Double(TopKCollector.score(keys[index]))))
                index += 1
            }
            return found
        }
        let ids = segment.ids
        for key in keys {
            let id = try ids.id(of: ids.document(ranked: TopKCollector.rank(key)))
            found.append(ScoredDocument(id: id, score: Double(TopKCollector.score(key))))
        }
        return found
    }

    /// Whether bounds are worth their cost: not where there is little to score, or k is so large that few windows fall short of the best k.
    ///
    /// Measured at 64,000 and 118,000 documents: below some 24,000 postings a query, or 1,536 for each document wanted, scoring all is
    /// faster.
    private func prunes(k: Int, postings: Int) -> Bool {
        switch strategy {
        case .exhaustive: false
        case .maxScore: true
        case .automatic: postings > 1536 * max(k, 16)
        }
    }

    /// Finds the query's terms in every segment and what they contribute.
    func locate(_ session: SearchSession) throws {
        if let fields { return try fields.locate(session) }
        let terms = session.terms
        session.saturations.removeAll(keepingCapacity: true)
        session.entries.removeAll(keepingCapacity: true)
        session.frequencies.removeAll(keepingCapacity: true)
        for term in 0..<terms.count {
            var local = 0
            for segment in reader.segments {
                let entry = try terms.withTerm(term) { try segment.contents.terms.find($0) }
                session.entries.append(entry)
                local += try entry.map { try segment.contents.liveFrequency($0) } ?? 0
            }
            let frequency =
                usesOwnStatistics || local == 0
                ? local : try session.frequency(of: term) { try statistics.documentFrequency(of: terms.text(term)) }
            session.frequencies.append(frequency)
            let idf = similarity.inverseDocumentFrequency(
                documentFrequency: frequency, documentCount: statistics.documentCount)
            session.saturations.append(
                similarity.saturation(
                    queryFrequency: terms.frequencies[term], inverseDocumentFrequency: local == 0 ? 0 : idf))
        }
    }

    /// Puts the terms that a segment holds and that weigh something into the session's pool; returns the number of their postings.
    func gather(segment index: Int, _ session: SearchSession) throws -> Int {
        session.pool.removeAll()
        var postings = 0
        for term in 0..<session.terms.count where session.saturations[term].slope > 0 {
            guard let entry = session.entries[term * reader.segments.count + index] else { continue }
            try session.pool.add(entry, in: reader.segments[index].contents, session.saturations[term])
            postings += entry.documentFrequency
        }
        return postings
    }

    /// The best `k` of two rankings.
    private static func merge(_ a: [ScoredDocument], _ b: [ScoredDocument], _ k: Int) -> [ScoredDocument] {
        var merged: [ScoredDocument] = []
        merged.reserveCapacity(min(k, a.count + b.count))
        var (i, j) = (0, 0)
        while merged.count < k, i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i].precedes(b[j])) {
                merged.append(a[i])
                i += 1
            } else {
                merged.append(b[j])
                j += 1
            }
        }
        return merged
    }

    /// The stored document with that id, or nil.
    public func document(_ id: DocumentID) throws -> Document? { try reader.document(id) }

    /// The ids of all documents that may be hits, in the order in which they were added.
    public func documentIDs() throws -> [DocumentID] { try reader.documentIDs(permitted) }
}
