import Synchronization

/// A retriever that keeps the scores it has given, for those that are dear, such as a cross-encoder's.
///
/// The base is asked for one document at a time, so that a score depends neither on what is scored beside it nor on what is kept.
public final class CachedRetriever: Retriever {
    private struct State {
        var scores: [QueryID: [DocumentID: Double?]] = [:]
        /// The queries, oldest first, from `first` on.
        var queries: [QueryID] = []
        var first = 0
        var kept = 0
        var scored = 0
    }

    private let base: any Retriever
    private let maximumScores: Int
    private let state = Mutex(State())

    /// A cache of at least one query's scores; where more than `maximumScores` are kept the oldest queries' go.
    public init(_ base: any Retriever, maximumScores: Int = 1_000_000) {
        self.base = base
        self.maximumScores = maximumScores
    }

    /// The base's name.
    public var name: String { base.name }

    /// How many pairs the base was asked for.
    public var scored: Int { state.withLock { $0.scored } }

    /// The base's answers.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try base.retrieve(queries, k: k, each: each)
    }

    /// The scores of documents for a query, those that are not kept by the base.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        var known = state.withLock { $0.scores[query.id] } ?? [:]
        var found: [DocumentID: Double?] = [:]
        for document in documents where known[document] == nil {
            let score = try base.scores(of: [document], for: query)[0]
            known.updateValue(score, forKey: document)
            found.updateValue(score, forKey: document)
        }
        if !found.isEmpty { keep(found, for: query.id) }
        return documents.map { known[$0] ?? nil }
    }

    private func keep(_ found: [DocumentID: Double?], for query: QueryID) {
        state.withLock { state in
            state.scored += found.count
            if state.scores[query] == nil { state.queries.append(query) }
            let before = state.scores[query]?.count ?? 0
            state.scores[query, default: [:]].merge(found) { old, _ in old }
            state.kept += (state.scores[query]?.count ?? 0) - before
            while state.kept > maximumScores, state.first < state.queries.count - 1 {
                state.kept -= state.scores.removeValue(forKey: state.queries[state.first])?.count ?? 0
                state.first += 1
            }
            if state.first > 4096, state.first > state.queries.count / 2 {
                state.queries.removeFirst(state.first)
                state.first = 0
            }
        }
    }
}
