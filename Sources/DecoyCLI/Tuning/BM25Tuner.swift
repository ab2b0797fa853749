import Decoy

/// Evaluates an index with parameters of BM25 on judged queries.
struct BM25Tuner {
    let reader: IndexReader
    let variant: BM25Variant
    let queries: [Query]
    let evaluator: Evaluator
    let threads: Int

    /// BM25 at a point of the search: k1, then b.
    func similarity(_ point: [Double]) -> BM25 { BM25(variant, k1: point[0], b: point[1]) }

    /// A search over k1 and b; `progress` gets the number of points that were evaluated.
    ///
    /// A further parameter, such as the weight of a field, is one more element here and one more of `point` in `evaluation(at:)`.
    func search(k1: [Double], b: [Double], progress: @escaping (Int) -> Void) throws -> ParameterSearch {
        let standard = BM25()
        var done = 0
        return ParameterSearch(
            [
                TuningParameter("k1", standard: standard.k1, grid: k1, in: 0...max(10, k1.max() ?? 0)),
                TuningParameter("b", standard: standard.b, grid: b, in: 0...1),
            ],
            measure: evaluator.measures[0]
        ) { point in
            let evaluation = try evaluation(at: point)
            done += 1
            progress(done)
            return evaluation
        }
    }

    /// Answers all queries at a point and measures the answers as they come.
    private func evaluation(at point: [Double]) throws -> Evaluation {
        let searcher = try Searcher(reader: reader, similarity: similarity(point), threads: threads)
        var session = try evaluator.session(named: "k1 \(point[0]), b \(point[1])")
        let depth = evaluator.measures.compactMap(\.cutoff).max() ?? 1000
        try searcher.retrieve(queries, k: evaluator.options.excludeQueryID ? depth + 1 : depth) { try session.add($0) }
        return session.finish()
    }
}
