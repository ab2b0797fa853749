import NumericKernels

/// Chooses negatives by the current model's cosines under a margin below the positive.
enum ModelRanking {
    struct Settings: Sendable {
        var count: Int
        var relativeMargin: Float
        var ownDepth: Int
    }

    /// For each query the best `count` candidates with cos ≤ cos⁺ − margin · |cos⁺|, best first; ties by document, descending.
    ///
    /// Complexity: one encoding of the candidates and one dot product for each of them, and for `ownDepth` a search over the pool.
    static func choose(
        candidates: [[Int32]], pool: [Int32], settings: Settings, set: TrainingSet, model: DualEncoder, threads: Int
    ) -> [[Int32]] {
        let table = DocumentRows(candidates, set.positives, settings.ownDepth > 0 ? [pool] : [], set: set)
        let documents = model.documentEncoder.encodeRows(set.documentTokens, texts: table.documents, threads: threads)
        let everyQuery = (0..<Int32(set.queryIDs.count)).map { $0 }
        let queries = model.queryEncoder.encodeRows(set.queryTokens, texts: everyQuery, threads: threads)
        let own = ownCandidates(pool, settings, table, documents, queries, threads: threads)
        return FixedParallel.map(set.queryIDs.count, threads: threads) { query in
            let known = set.known[query]
            var list = candidates[query]
            if !own.isEmpty {
                var seen = Set(list)
                for document in own[query] where !known.contains(document) && seen.insert(document).inserted {
                    list.append(document)
                }
            }
            let vector = queries.window(rows: query..<(query + 1))
            let positives = NearestRows.scores(
                of: set.positives[query].map { table.row(of: $0) }, in: documents.window, for: vector)
            let scores = NearestRows.scores(of: list.map { table.row(of: $0) }, in: documents.window, for: vector)
            let lowest = positives.min() ?? 0
            let limit = lowest - abs(lowest) * settings.relativeMargin
            return zip(list, scores).filter { $0.1 <= limit }
                .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 > $1.0 }
                .prefix(settings.count).map(\.0)
        }
    }

    private static func ownCandidates(
        _ pool: [Int32], _ settings: Settings, _ table: DocumentRows, _ documents: Matrix, _ queries: Matrix,
        threads: Int
    ) -> [[Int32]] {
        guard settings.ownDepth > 0, !pool.isEmpty else { return [] }
        let rows = table.pooledRows
        return NearestRows.search(
            queries.window, in: documents.window(rows: rows), k: settings.ownDepth, threads: threads,
            before: { $0 > $1 }
        ).map { hits in hits.map { table.documents[rows.lowerBound + $0.row] } }
    }

    /// The documents that are looked at, and their rows.
    private struct DocumentRows: Sendable {
        /// The documents in row order: the pool first where it is searched.
        private(set) var documents: [Int32] = []
        private(set) var pooledRows = 0..<0
        private var rows: [Int32]

        init(_ candidates: [[Int32]], _ positives: [[Int32]], _ pool: [[Int32]], set: TrainingSet) {
            rows = [Int32](repeating: -1, count: set.documentIDs.count)
            add(pool)
            pooledRows = 0..<documents.count
            add(candidates)
            add(positives)
        }

        func row(of document: Int32) -> Int32 { rows[Int(document)] }

        private mutating func add(_ lists: [[Int32]]) {
            for list in lists {
                for document in list where rows[Int(document)] < 0 {
                    rows[Int(document)] = Int32(documents.count)
                    documents.append(document)
                }
            }
        }
    }
}
