import RetrievalData

/// Mines one source of a mixture for a batch of queries.
struct SourceMiner: Sendable {
    let kind: NegativeMixture.Kind
    var judge: CandidateJudge
    /// The number of negatives wanted of this source for each query.
    let count: Int
    let pool: Set<DocumentID>?
    let documents: any DocumentStore

    /// What was found for a query.
    struct Finding: Sendable {
        var mined: MinedQuery
        /// Whether the window was made deeper.
        var isWidened = false
    }

    /// A query that has positives, with what earlier sources gave it.
    struct Task: Sendable {
        var query: Query
        var positives: [DocumentID]
        var taken: [DocumentID] = []
    }

    /// Mines each query; `fill` draws for a random source.
    func mine(_ tasks: [Task], texts: TextIndex, fill: RandomFill?, threads: Int) throws -> [Finding] {
        switch kind {
        case .retriever(let retriever):
            return try mine(tasks, asking: tasks.map(\.query), retriever: retriever, texts: texts, threads: threads)
        case .neighbours(let retriever):
            let asked = try tasks.map { Query(id: $0.query.id, text: try firstText(of: $0.positives)) }
            return try mine(tasks, asking: asked, retriever: retriever, texts: texts, threads: threads)
        case .random:
            return try ConcurrentMap.results(tasks.count, threads: threads) {
                Finding(mined: try draw(tasks[$0], texts: texts, fill: fill))
            }
        }
    }

    private func firstText(of positives: [DocumentID]) throws -> String {
        for positive in positives {
            if let document = try documents.document(positive) { return document.contents }
        }
        return ""
    }

    /// Searches and judges, and again with windows twice as deep for queries that got too few, as far as the options allow.
    ///
    /// Where the judge stops early the first window is shallow, and the deepest follows the one asked for; negatives are the same, as each depends on better candidates alone.
    private func mine(
        _ tasks: [Task], asking queries: [Query], retriever: any Retriever, texts: TextIndex, threads: Int
    ) throws -> [Finding] {
        let options = judge.options
        let search = CandidateSearch(
            retriever: retriever, pool: pool, rangeMin: options.rangeMin,
            leading: judge.estimator == nil ? 0 : FalseNegativeFeature.referenceDepth)
        let contexts = try ConcurrentMap.results(tasks.count, threads: threads) { place in
            let scores = try retriever.scores(of: tasks[place].positives, for: queries[place])
            let positives = zip(tasks[place].positives, scores).map { MinedPositive(document: $0, score: $1) }
            return try MiningContext(
                query: tasks[place].query, positives: positives, taken: tasks[place].taken, texts: texts)
        }
        var findings: [Int: Finding] = [:]
        var open = Array(tasks.indices)
        var estimates: [Int: QueryEstimates] = [:]
        // An estimate rejects more of the best candidates than other filters do.
        let first = (judge.estimator == nil ? 4 : 8) * min(count, options.rangeMax)
        var end = judge.stopsEarly ? min(options.rangeMax, options.rangeMin + first) : options.rangeMax
        while !open.isEmpty {
            let windows = try search.windows(
                open.map { queries[$0] }, positives: open.map { Set(tasks[$0].positives) }, rangeMax: end)
            var short: [Int] = []
            let results = try ConcurrentMap.results(open.count, threads: threads) { [open, estimates] number in
                let context = contexts[open[number]]
                let known = try estimates[open[number]] ?? judge.estimates(windows[number], in: context)
                return (
                    mined: try judge.judge(windows[number], count: count, in: context, estimates: known),
                    estimates: known
                )
            }
            for (place, (window, result)) in zip(open, zip(windows, results)) {
                findings[place] = Finding(mined: result.mined, isWidened: end > options.rangeMax)
                if result.mined.negatives.count < count, window.isFull, end < options.deepestWindow {
                    short.append(place)
                    if judge.estimator?.isOpen == true { estimates[place] = result.estimates }
                }
            }
            open = short
            if end < options.rangeMax {
                end = options.rangeMax
            } else {
                end = judge.stopsEarly ? options.deepestWindow : min(end * 2, options.deepestWindow)
            }
        }
        return tasks.indices.compactMap { findings[$0] }
    }

    private func draw(_ task: Task, texts: TextIndex, fill: RandomFill?) throws -> MinedQuery {
        let scores = try fill?.scorer?.scores(of: task.positives, for: task.query)
        let positives = task.positives.enumerated().map { MinedPositive(document: $1, score: scores?[$0]) }
        let context = try MiningContext(query: task.query, positives: positives, taken: task.taken, texts: texts)
        var negatives = try fill?.draw(count, in: context, excluding: []) ?? []
        for place in negatives.indices { negatives[place].source = judge.source }
        return MinedQuery(
            query: task.query, positives: positives, negatives: negatives, rejections: [],
            references: [
                MarginReference(
                    source: judge.source, positiveScore: context.positiveScore(judge.options.marginAgainst))
            ])
    }
}

extension MiningOptions {
    /// The rank at which the deepest window ends.
    var deepestWindow: Int {
        ifTooFew == .widen ? max(rangeMax, min(rangeMax * Self.wideningLimit, Self.deepestRank)) : rangeMax
    }
}
