import RetrievalData

/// Ranks by BM25 and then ranks the best documents again by BM25 plus the nearness of the query's terms.
///
/// The best `depth` documents of a query get the score BM25 + `weight` · `TermProximity`, rounded to single precision, and are sorted anew; what is
/// added is never negative, so documents beyond the depth keep their scores and their places below. Which documents are the best `depth` does
/// not depend on k. Same answers whatever the strategy, the threads and the segments.
public struct ProximityRetriever: Retriever {
    /// The name in run tags and reports; `bm25-proximity` unless changed.
    public var name = "bm25-proximity"
    /// What ranks first; its phrases and its permitted documents hold here too.
    public let searcher: Searcher
    /// What the proximity part is multiplied by; 1 in the paper.
    public let weight: Double
    /// How many documents of a query are ranked again.
    public let depth: Int

    /// A stage behind a searcher; throws `SearchError.positionsNotStored` where its index has none, and `SearchError.invalidParameter`
    /// unless the weight lies in 0...1e9 and the depth is at least 1.
    public init(_ searcher: Searcher, weight: Double = 1, depth: Int = 1000) throws {
        if !(weight >= 0 && weight <= 1e9) {
            throw SearchError.invalidParameter(
                name: "weight", value: "\(weight)", expected: "a number from 0 to 1e9, such as 1")
        }
        if depth < 1 {
            throw SearchError.invalidParameter(name: "depth", value: "\(depth)", expected: "1 or more, such as 1000")
        }
        guard searcher.reader.summary.storesPositions else {
            throw SearchError.positionsNotStored(index: searcher.reader.path)
        }
        if searcher.reader.fields != nil {
            throw FieldError.invalid("\(searcher.reader.path): has fields; proximity needs an index without --fields")
        }
        self.searcher = searcher
        self.weight = weight
        self.depth = depth
    }

    /// The best `k` documents for a text, in the total order.
    public func search(_ text: String, k: Int) throws -> [ScoredDocument] {
        if k <= 0 { return [] }
        let found = try searcher.search(text, k: max(k, depth))
        let best = Array(found.prefix(depth))
        let added = try searcher.proximities(of: best.map(\.id), for: text)
        let rescored = zip(best, added).map {
            ScoredDocument(id: $0.id, score: Self.total($0.score, $1 ?? 0, weight))
        }
        return Array((rescored.sorted { $0.precedes($1) } + found.dropFirst(depth)).prefix(k))
    }

    /// Answers each query with its best `k` documents, on all threads of the searcher, in the order of the queries.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try OrderedParallel.run(queries.count, threads: searcher.threads) { index, _ in
            Result { try search(queries[index].text, k: k) }
        } deliver: { index, answer in
            try each(Ranking(queryID: queries[index].id, documents: answer.get()))
        }
    }

    /// The scores that `retrieve` would give documents: BM25's alone beyond the depth, nil where the searcher has none.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        let best = Dictionary(
            uniqueKeysWithValues: try search(query.text, k: depth).map { ($0.id, $0.score) })
        let rest = try searcher.scores(of: documents, for: query)
        return zip(documents, rest).map { best[$0] ?? $1 }
    }

    /// How the scores of documents for a text come about; nil for one that the index does not hold.
    public func explain(_ text: String, documents: [DocumentID]) throws -> [ScoreExplanation?] {
        let best = Set(try searcher.search(text, k: depth).map(\.id))
        let added = try searcher.proximities(of: documents, for: text)
        return try zip(documents, added).map { id, proximity in
            guard var explanation = try searcher.explain(text, document: id) else { return nil }
            if best.contains(id) {
                let proximity = weight * (proximity ?? 0)
                explanation.score = Self.total(explanation.score, proximity, 1)
                explanation.proximity = proximity
            }
            return explanation
        }
    }

    private static func total(_ score: Double, _ proximity: Double, _ weight: Double) -> Double {
        Double(Float(score + weight * proximity))
    }
}

extension Searcher {
    /// The proximity scores of documents for a text; nil for one that is not there.
    func proximities(of documents: [DocumentID], for text: String) throws -> [Double?] {
        let session = sessions.take()
        defer { sessions.put(session) }
        session.terms.set(plainText(of: text), session: session.analyzer)
        try locate(session)
        var proximity = TermProximity(
            weights: session.frequencies.map { frequency in
                frequency == 0
                    ? 0
                    : similarity.inverseDocumentFrequency(
                        documentFrequency: frequency, documentCount: statistics.documentCount)
            }, similarity: similarity)
        var scores = [Double?](repeating: nil, count: documents.count)
        var occurrences: [TermProximity.Occurrence] = []
        var positions: [UInt32] = []
        for (index, segment) in reader.segments.enumerated() {
            var wanted: [(document: Int, place: Int)] = []
            for (place, id) in documents.enumerated() where scores[place] == nil {
                if let document = try segment.liveDocument(withID: id) { wanted.append((document, place)) }
            }
            if wanted.isEmpty { continue }
            wanted.sort { $0 < $1 }
            let cursors = try (0..<session.terms.count).map { term in
                try session.entries[term * reader.segments.count + index].flatMap {
                    try PositionalCursor($0, in: segment.contents)
                }
            }
            let norms = try norms[index].get()
            for (document, place) in wanted {
                occurrences.removeAll(keepingCapacity: true)
                for (term, cursor) in cursors.enumerated() {
                    guard let cursor, try cursor.find(document) else { continue }
                    try cursor.readPositions(into: &positions)
                    for position in positions { occurrences.append(.init(position: position, term: term)) }
                }
                occurrences.sort { ($0.position, $0.term) < ($1.position, $1.term) }
                scores[place] = proximity.score(occurrences, inverseNorm: norms[document])
            }
        }
        return scores
    }
}
