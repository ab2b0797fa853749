import Decoy

/// Evaluates an index with parameters of BM25, and weights of its fields where it has some, on judged queries.
struct BM25Tuner {
    let reader: IndexReader
    let variant: BM25Variant
    let queries: [Query]
    let evaluator: Evaluator
    let threads: Int

    /// The values of a weight that are tried first.
    private static let weightGrid = [0, 0.5, 1, 2, 3, 5, 8]

    /// BM25 at a point of the search: k1, then b, then the weights that are searched over.
    func similarity(_ point: [Double]) -> BM25 { BM25(variant, k1: point[0], b: point[1]) }

    /// The fields with their weights at a point; nil for an index without fields.
    func fields(_ point: [Double]) throws -> FieldWeights? {
        guard let fields = reader.fields?.fields else { return nil }
        var place = 2
        return try FieldWeights(
            fields.enumerated().map { index, field in
                if index == fixedField { return field }
                defer { place += 1 }
                return FieldWeights.Field(field.name, weight: point[place])
            })
    }

    /// The field with the most text that weighs something: its weight stays, since only the proportions matter beside k1.
    private var fixedField: Int? {
        guard let fields = reader.fields?.fields else { return nil }
        let lengths = (reader.summary.fields ?? []).map(\.totalLength)
        return fields.indices.filter { fields[$0].weight > 0 }.max { lengths[$0] < lengths[$1] }
    }

    /// A search over k1, b and the weights; `progress` gets the number of points that were evaluated.
    func search(k1: [Double], b: [Double], progress: @escaping (Int) -> Void) throws -> ParameterSearch {
        let standard = BM25()
        var parameters = [
            TuningParameter("k1", standard: standard.k1, grid: k1, in: 0...max(10, k1.max() ?? 0)),
            TuningParameter("b", standard: standard.b, grid: b, in: 0...1),
        ]
        let fixed = fixedField
        for (index, field) in (reader.fields?.fields ?? []).enumerated() where index != fixed {
            parameters.append(
                TuningParameter(
                    field.name, standard: field.weight, grid: Self.weightGrid, in: 0...FieldWeights.maximumWeight,
                    isCrossed: false))
        }
        var done = 0
        return ParameterSearch(parameters, measure: evaluator.measures[0]) { point in
            let evaluation = try evaluation(at: point)
            done += 1
            progress(done)
            return evaluation
        }
    }

    /// Answers all queries at a point and measures the answers as they come.
    private func evaluation(at point: [Double]) throws -> Evaluation {
        let searcher = try Searcher(
            reader: reader, similarity: similarity(point), threads: threads, fields: fields(point))
        var session = try evaluator.session(named: "\(point)")
        let depth = evaluator.measures.compactMap(\.cutoff).max() ?? 1000
        try searcher.retrieve(queries, k: evaluator.options.excludeQueryID ? depth + 1 : depth) { try session.add($0) }
        return session.finish()
    }
}
