/// Scores every posting of every term into one accumulator a document, term after term, then picks the best k.
///
/// Fast for small segments and for large k. Adds contributions in ascending order of terms, as every strategy does in effect.
enum ExhaustiveEvaluator {
    /// Collects the documents of a segment that hold any of the terms; `terms` stand in ascending order.
    static func collect(
        _ terms: [(entry: TermEntry, weight: Float)], in segment: Segment, similarity: BM25,
        norms: UnsafePointer<Float>,
        session: SearchSession, into collector: inout TopKCollector
    ) throws {
        session.reserve(segment.documentCount)
        guard let accumulators = session.accumulators.baseAddress else { return }
        defer { session.clear(segment.documentCount) }
        for (entry, weight) in terms {
            var cursor = try segment.cursor(entry)
            let scorer = similarity.scorer(weight: weight)
            while try cursor.next() { add(cursor, scorer, norms, accumulators) }
        }
        try select(segment, accumulators, &collector)
    }

    /// Adds the contributions of the loaded block.
    @inline(__always)
    private static func add<S: TermScorer>(
        _ cursor: borrowing PostingCursor, _ scorer: S, _ norms: UnsafePointer<Float>,
        _ accumulators: UnsafeMutablePointer<Float>
    ) {
        let (documents, frequencies) = (cursor.documents, cursor.frequencies)
        for index in 0..<cursor.size {
            let document = Int(documents[index])
            accumulators[document] += scorer.score(frequency: Float(frequencies[index]), inverseNorm: norms[document])
        }
    }

    /// Offers every document with a score above zero.
    private static func select(
        _ segment: Segment, _ accumulators: UnsafeMutablePointer<Float>, _ collector: inout TopKCollector
    ) throws {
        let rank = segment.ids.rank
        for document in 0..<segment.documentCount {
            let score = accumulators[document]
            if score >= collector.scoreThreshold, score > 0 {
                collector.insert(TopKCollector.key(score: score, rank: try rank.value(document)))
            }
        }
    }
}
