import CKernels

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
            while try cursor.next() { scorer.add(cursor, norms, to: accumulators) }
        }
        try select(segment, accumulators, &collector)
    }

    /// Offers every document with a score above zero that is not deleted.
    private static func select(
        _ segment: Segment, _ accumulators: UnsafeMutablePointer<Float>, _ collector: inout TopKCollector
    ) throws {
        let rank = segment.ids.rank
        let count = segment.documentCount
        var document = 0
        while true {
            document = ck_find_at_least(accumulators, document, count, collector.scoreThreshold)
            if document >= count { break }
            defer { document += 1 }
            if !segment.isLive(document) { continue }
            collector.insert(TopKCollector.key(score: accumulators[document], rank: try rank.value(document)))
        }
    }
}
