import TextAnalysis

/// The working memory of one search at a time: an analyzer session and the accumulators.
final class SearchSession {
    let analyzer: AnalyzerSession
    /// One score a document, all zero between searches.
    private(set) var accumulators: UnsafeMutableBufferPointer<Float> = .allocate(capacity: 0)

    init(_ analyzer: Analyzer) { self.analyzer = analyzer.makeSession() }

    deinit { accumulators.deallocate() }

    /// Makes room for so many documents.
    func reserve(_ documents: Int) {
        if accumulators.count >= documents { return }
        accumulators.deallocate()
        accumulators = .allocate(capacity: documents)
        accumulators.initialize(repeating: 0)
    }

    /// Sets the accumulators of documents to zero again.
    func clear(_ documents: Int) {
        accumulators.baseAddress?.update(repeating: 0, count: min(documents, accumulators.count))
    }
}
