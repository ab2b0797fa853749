import DurableStorage
import RetrievalData
import Synchronization
import TextAnalysis

/// Ranks the documents of an index for queries by BM25.
///
/// A document's score is the single-precision sum of its terms' contributions, added in ascending byte order of the terms. Documents with
/// a score of zero, which hold no term of the query, are not returned. Ties are broken by id, descending in byte order. Every strategy, every number of
/// threads and every division into segments gives the same documents with the same score bits.
///
/// The value is cheap to copy and may be used from any thread.
public struct Searcher: Retriever, DocumentStore {
    /// The name in run tags and reports; `bm25` unless changed.
    public var name = "bm25"
    /// The index that is searched.
    public let reader: IndexReader
    /// The similarity.
    public let similarity: BM25
    /// The number of threads for many queries at once.
    public let threads: Int
    private let statistics: any CollectionStatistics
    private let analyzer: Analyzer
    private let norms: [InverseNorms]
    private let sessions: SessionStack

    /// Queries that are answered before the answers are handed out, for each thread.
    private static let batchSize = 32

    /// A searcher over an index.
    ///
    /// `statistics` are the index's own unless others are given, such as those of all shards together. Throws
    /// `SearchError.analyzerMismatch` where this program's analyzer would not give the terms that the index holds.
    public init(
        reader: IndexReader, similarity: BM25 = BM25(), threads: Int = 1, statistics: (any CollectionStatistics)? = nil
    ) throws {
        try similarity.validate()
        let analyzer = try Analyzer(reader.analyzerIdentity.options)
        switch reader.analyzerIdentity.compatibility(with: analyzer.identity) {
        case .compatible: break
        case .limited(let reason), .incompatible(let reason):
            throw SearchError.analyzerMismatch(index: reader.path, reason: reason)
        }
        let statistics = statistics ?? reader
        self.reader = reader
        self.similarity = similarity
        self.threads = max(1, threads)
        self.statistics = statistics
        self.analyzer = analyzer
        norms = reader.segments.map { InverseNorms($0, similarity, averageLength: statistics.averageLength) }
        sessions = SessionStack(analyzer)
    }

    /// The best `k` documents for a text, in the total order.
    public func search(_ text: String, k: Int) throws -> [ScoredDocument] {
        let session = sessions.take()
        defer { sessions.put(session) }
        return try search(text, k: k, session)
    }

    private func search(_ text: String, k: Int, _ session: SearchSession) throws -> [ScoredDocument] {
        if k <= 0 || reader.storedDocumentCount == 0 { return [] }
        let terms = QueryTerms.of(text, session: session.analyzer)
        let perSegment = try locate(terms)
        var parts: [[ScoredDocument]] = []
        for (index, segment) in reader.segments.enumerated() where !perSegment[index].isEmpty {
            var collector = TopKCollector(k: min(k, segment.documentCount))
            try ExhaustiveEvaluator.collect(
                perSegment[index].map { ($0.entry, $0.weight) }, in: segment, similarity: similarity,
                norms: norms[index].get(), session: session, into: &collector)
            parts.append(
                try collector.finish().map { key in
                    let document = try segment.ids.document(ranked: TopKCollector.rank(key))
                    return ScoredDocument(
                        id: try segment.ids.id(of: document), score: Double(TopKCollector.score(key)))
                })
        }
        if parts.count <= 1 { return parts.first ?? [] }
        return Array(parts.joined().sorted { $0.precedes($1) }.prefix(k))
    }

    /// Where a term's postings are, and what an occurrence weighs.
    private struct LocatedTerm {
        var entry: TermEntry
        var weight: Float
    }

    /// For each segment the terms that it holds, in the order of `terms`.
    private func locate(_ terms: [QueryTerm]) throws -> [[LocatedTerm]] {
        var located = [[LocatedTerm]](repeating: [], count: reader.segments.count)
        let own = statistics as? IndexReader === reader
        for term in terms {
            let entries = try reader.segments.map { segment in
                try term.bytes.withUnsafeBytes { try segment.terms.find($0) }
            }
            let local = try zip(reader.segments, entries).reduce(0) { sum, pair in
                sum + (try pair.1.map { try pair.0.liveFrequency($0) } ?? 0)
            }
            if local == 0 { continue }
            let frequency =
                own ? local : try statistics.documentFrequency(of: String(decoding: term.bytes, as: UTF8.self))
            let weight = similarity.weight(
                queryFrequency: term.frequency, documentFrequency: frequency, documentCount: statistics.documentCount)
            for (index, entry) in entries.enumerated() {
                if let entry { located[index].append(LocatedTerm(entry: entry, weight: weight)) }
            }
        }
        return located
    }

    /// Answers each query with its best `k` documents, on all threads, in the order of the queries.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        let batch = threads == 1 ? 1 : Self.batchSize * threads
        let workers = (0..<threads).map { _ in sessions.take() }
        defer { for session in workers { sessions.put(session) } }
        var start = 0
        while start < queries.count {
            let end = min(start + batch, queries.count)
            var answers = [Result<[ScoredDocument], any Error>](repeating: .success([]), count: end - start)
            answers.withUnsafeMutableBufferPointer { answers in
                nonisolated(unsafe) let answers = answers
                nonisolated(unsafe) let workers = workers
                let first = start
                Parallel.forEach(answers.count, threads: threads) { index, thread in
                    answers[index] = Result { try search(queries[first + index].text, k: k, workers[thread]) }
                }
            }
            for (index, answer) in answers.enumerated() {
                try each(Ranking(queryID: queries[start + index].id, documents: answer.get()))
            }
            start = end
        }
    }

    /// The scores that `retrieve` would give documents: 0 for a document without a term of the query, nil for one that is not there.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        let session = sessions.take()
        defer { sessions.put(session) }
        let perSegment = try locate(QueryTerms.of(query.text, session: session.analyzer))
        var scores = [Double?](repeating: nil, count: documents.count)
        for (index, segment) in reader.segments.enumerated() {
            var wanted: [(document: Int, place: Int)] = []
            for (place, id) in documents.enumerated() {
                if let document = try segment.liveDocument(withID: id) { wanted.append((document, place)) }
            }
            if wanted.isEmpty { continue }
            wanted.sort { $0 < $1 }
            var sums = [Float](repeating: 0, count: wanted.count)
            let norms = try norms[index].get()
            for term in perSegment[index] {
                var cursor = try segment.cursor(term.entry)
                let scorer = similarity.scorer(weight: term.weight)
                for (slot, item) in wanted.enumerated() {
                    guard try cursor.advance(to: UInt32(item.document)) else { break }
                    guard let found = cursor.find(UInt32(item.document)) else { continue }
                    sums[slot] += scorer.score(
                        frequency: Float(cursor.frequencies[found]), inverseNorm: norms[item.document])
                }
            }
            for (slot, item) in wanted.enumerated() { scores[item.place] = Double(sums[slot]) }
        }
        return scores
    }

    /// The stored document with that id, or nil.
    public func document(_ id: DocumentID) throws -> Document? { try reader.document(id) }

    /// All ids in the order in which the documents were added.
    public func documentIDs() throws -> [DocumentID] { try reader.documentIDs() }
}

/// Sessions that are free, shared by the copies of a searcher.
private final class SessionStack: Sendable {
    private let analyzer: Analyzer
    private let free: Mutex<Free>

    private struct Free: ~Copyable {
        var sessions: [SearchSession] = []
    }

    init(_ analyzer: Analyzer) {
        self.analyzer = analyzer
        free = Mutex(Free())
    }

    func take() -> SearchSession {
        let box = free.withLock { free in
            Unchecked(value: free.sessions.popLast())
        }
        return box.value ?? SearchSession(analyzer)
    }

    func put(_ session: SearchSession) {
        let box = Unchecked(value: session)
        free.withLock { $0.sessions.append(box.value) }
    }

    /// A session on its way between threads; nobody else holds it.
    private struct Unchecked<Value>: @unchecked Sendable {
        var value: Value
    }
}
