import TextAnalysis

/// The working memory of one search at a time; it grows to what the largest query needed and is reused without allocating.
final class SearchSession {
    let analyzer: AnalyzerSession
    private let whole: Analyzer
    private var pairs: AnalyzerSession?
    let terms = QueryTerms()
    let pool = TermPool()
    let table = WindowTable()
    let collector = TopKCollector()
    /// Where the terms' postings are: for each segment one entry a term.
    var entries: [TermEntry?] = []
    /// In how many documents of the collection each term occurs.
    var frequencies: [Int] = []
    /// What was looked up of the terms of other queries, in statistics that are not the index's own.
    private var knownFrequencies: [[UInt8]: Int] = [:]
    private static let knownLimit = 1 << 16
    /// The terms' postings in an index with fields.
    let fieldPostings = FieldPostings()
    /// What the terms contribute.
    var saturations: [Saturation] = []
    /// The terms from the one that is the cheapest to look up for its bound to the dearest.
    var order: [Int] = []
    /// Whether each window was evaluated.
    var evaluated: [Bool] = []
    /// One sum a document of the window, all zero between windows.
    private(set) var sums: UnsafeMutablePointer<Double> = .allocate(capacity: 0)
    /// Candidates of the window.
    private(set) var found: UnsafeMutablePointer<UInt32> = .allocate(capacity: 0)
    /// The candidates' sums.
    private(set) var values: UnsafeMutablePointer<Double> = .allocate(capacity: 0)
    /// Documents of the window that have postings, where they are few; may repeat.
    private(set) var touched: UnsafeMutablePointer<UInt32> = .allocate(capacity: 0)
    private(set) var windowSize = 0

    /// Queries are short: a small cache saves memory and costs nothing that can be measured.
    init(_ analyzer: Analyzer) {
        whole = analyzer
        self.analyzer = analyzer.makeSession(cached: 4096)
    }

    deinit {
        sums.deallocate()
        found.deallocate()
        values.deallocate()
        touched.deallocate()
    }

    /// What gives the terms of phrases: the analyzer, but of words and bigrams the bigrams alone.
    ///
    /// These are among the terms that are indexed, at the same positions, and depend on no dictionary, which may cut a text in another way
    /// where more of it is around.
    func phraseAnalyzer() throws -> AnalyzerSession {
        var options = whole.options
        guard options.tokenizer == .words, options.segmentation == .wordsAndBigrams else { return analyzer }
        if let pairs { return pairs }
        options.segmentation = .bigrams
        let made = try Analyzer(options).makeSession(cached: 4096)
        pairs = made
        return made
    }

    /// In how many documents of the collection a term of the query occurs, by a look-up or as it was looked up before.
    func frequency(of term: Int, _ lookUp: () throws -> Int) rethrows -> Int {
        let bytes = terms.withTerm(term) { Array($0) }
        if let known = knownFrequencies[bytes] { return known }
        let frequency = try lookUp()
        if knownFrequencies.count >= Self.knownLimit { knownFrequencies.removeAll(keepingCapacity: true) }
        knownFrequencies[bytes] = frequency
        return frequency
    }

    /// Makes room for windows of so many documents.
    func reserve(windowSize: Int) {
        if self.windowSize >= windowSize { return }
        sums.deallocate()
        found.deallocate()
        values.deallocate()
        touched.deallocate()
        self.windowSize = windowSize
        sums = .allocate(capacity: windowSize)
        sums.initialize(repeating: 0, count: windowSize)
        found = .allocate(capacity: windowSize)
        values = .allocate(capacity: windowSize)
        touched = .allocate(capacity: windowSize)
    }

    /// Offers the collector the first candidates with their whole sums; those that are deleted or may not be hits are passed over.
    func offer(_ count: Int, ranks: PackedReader, deleted: DeletedDocuments?, permitted: DocumentSet?) {
        for index in 0..<count {
            let score = Float(values[index])
            if score < collector.scoreThreshold { continue }
            let document = Int(found[index])
            if let deleted, deleted.contains(document) { continue }
            if let permitted, !permitted.contains(document) { continue }
            guard let rank = ranks.value(document) else { continue }
            collector.insert(TopKCollector.key(score: score, rank: rank))
        }
    }

    /// Sets every sum to zero, after an error.
    func clear() { sums.update(repeating: 0, count: windowSize) }
}
