import CKernels

/// Finds the best documents of one segment for the terms in a session's pool.
///
/// Documents are taken window by window, so that the sums stay in the first-level cache. With `maxScore` a window is passed over when the sum
/// of its terms' maxima cannot reach the best k so far. In the others the terms are split (MaxScore: Turtle and Flood, "Query Evaluation:
/// Strategies and Optimizations", Information Processing & Management 31(6), 1995; by windows and block maxima as in Lucene 10's
/// `MaxScoreBulkScorer` and in Mallia, Ottaviano, Porciani, Tonellotto and Venturini, "Faster BlockMax WAND with Variable-sized Blocks",
/// SIGIR 2017, section 2): terms that together cannot reach the threshold are looked up only for the documents that the rest brought near it.
///
/// Sums are exact (`ExactSums`), so the order in which a document's contributions are added does not matter and bounds need no slack; where
/// they might not be, everything is scored, in the order of the terms.
struct SegmentEvaluator {
    let documentCount: Int
    let norms: UnsafePointer<Float>
    let codeNorms: UnsafePointer<Float>
    let ranks: PackedReader
    let tuning: EvaluationTuning
    let pruning: Bool
    let deleted: DeletedDocuments?
    /// The documents that may be hits; nil where all may.
    let permitted: DocumentSet?
    let session: SearchSession
    private let bits: Int
    private let states: UnsafeMutablePointer<TermState>
    private let termCount: Int
    private let table: WindowTable
    private let collector: TopKCollector

    init(
        documentCount: Int, norms: UnsafePointer<Float>, codeNorms: UnsafePointer<Float>, ranks: PackedReader,
        deleted: DeletedDocuments?, permitted: DocumentSet?, tuning: EvaluationTuning, pruning: Bool,
        session: SearchSession
    ) {
        self.documentCount = documentCount
        self.norms = norms
        self.codeNorms = codeNorms
        self.ranks = ranks
        self.deleted = deleted
        self.permitted = permitted
        self.tuning = tuning
        self.session = session
        self.pruning = pruning
        bits = tuning.bits(pruning: pruning)
        states = session.pool.states
        termCount = session.pool.count
        table = session.table
        collector = session.collector
    }

    /// Offers the collector every document that may be among its best.
    func run() throws {
        session.reserve(windowSize: 1 << bits)
        do {
            try prepare()
            if pruning { try prune() } else { try exhaust() }
        } catch {
            session.clear()
            throw error
        }
    }

    private func prepare() throws {
        table.reset(terms: termCount, windows: (documentCount + (1 << bits) - 1) >> bits)
        for term in 0..<termCount {
            try table.fill(
                term, &states[term], bits: bits, documentCount: documentCount, norms: norms, codeNorms: codeNorms)
        }
    }

    private func exhaust() throws {
        try forEachWindow { window in
            if table.totals[window] == 0 { return }
            for term in 0..<termCount { states[term].isEssential = table.maximum(term, window) > 0 }
            try evaluate(window, slack: 0)
        }
    }

    private func prune() throws {
        sortTerms()
        var optionalLimit = termCount
        try forEachWindow { try split($0, &optionalLimit) }
    }

    /// The windows with the highest bounds first, so that the threshold is high for all others, which follow in their order.
    @inline(__always)
    private func forEachWindow(_ body: (Int) throws -> Void) throws {
        session.evaluated.removeAll(keepingCapacity: true)
        let windows = table.windowCount
        if windows > 4 * tuning.primingWindows {
            session.evaluated.append(contentsOf: repeatElement(false, count: windows))
            for _ in 0..<tuning.primingWindows {
                var best = -1
                for window in 0..<windows where !session.evaluated[window] {
                    if best < 0 || table.totals[window] > table.totals[best] { best = window }
                }
                session.evaluated[best] = true
                try body(best)
            }
        }
        let primed = !session.evaluated.isEmpty
        for window in 0..<windows where !(primed && session.evaluated[window]) { try body(window) }
    }

    /// Terms with a low bound and many postings first: those are the ones to look up rather than to score.
    private func sortTerms() {
        session.order.removeAll(keepingCapacity: true)
        session.order.append(contentsOf: 0..<termCount)
        session.order.sort {
            states[$0].bound * Double(states[$1].cursor.count) < states[$1].bound * Double(states[$0].cursor.count)
        }
    }

    /// Evaluates a window with as few lists as the threshold allows, at least all but `optionalLimit`.
    ///
    /// The limit follows what pays: it falls where the look-ups of a window took longer than scoring the lists would have taken.
    private func split(_ window: Int, _ optionalLimit: inout Int) throws {
        let threshold = collector.sumThreshold
        if table.totals[window] < threshold { return }
        var slack = 0.0
        var optional = 0
        var saved = 0
        for term in session.order {
            let maximum = Double(table.maximum(term, window))
            let isEssential = optional >= optionalLimit || slack + maximum >= threshold
            states[term].windowBound = maximum
            states[term].isEssential = isEssential && maximum > 0
            if !isEssential, maximum > 0 {
                slack += maximum
                optional += 1
                saved += states[term].cursor.count
            }
        }
        let lookUps = try evaluate(window, slack: slack)
        if optional == 0 {
            optionalLimit = max(optionalLimit, 1)
        } else if lookUps * tuning.lookUpCost > saved * (1 << bits) / documentCount {
            optionalLimit = optional - 1
        } else if optional == optionalLimit {
            optionalLimit += 1
        }
    }

    /// Scores the essential lists in a window; `slack` is what the others can add.
    ///
    /// Returns how often a document was looked up in one of those.
    @discardableResult
    private func evaluate(_ window: Int, slack: Double) throws -> Int {
        let begin = UInt32(truncatingIfNeeded: window << bits)
        let end = UInt32(truncatingIfNeeded: min((window + 1) << bits, documentCount))
        var postings = 0
        for term in 0..<termCount where states[term].isEssential { postings += states[term].cursor.count }
        // The number of touched documents; −1 where they are not listed.
        var listed = postings < documentCount / tuning.sparseness ? 0 : -1
        for term in 0..<termCount where states[term].isEssential {
            try add(&states[term], from: table.start(term, window), begin, end, &listed)
        }
        let threshold = collector.sumThreshold
        let cut = slack == 0 ? threshold : max((threshold - slack).nextDown, .leastNonzeroMagnitude)
        let useList = listed >= 0 && listed <= (slack == 0 ? (1 << bits) / tuning.sparseness : 64)
        let count =
            useList
            ? ck_take_listed(session.sums, session.touched, listed, cut, begin, session.found, session.values)
            : ck_take_at_least(session.sums, 1 << bits, cut, begin, session.found, session.values)
        if count == 0 { return 0 }
        if slack > 0 {
            if useList { sortCandidates(count) }
            var lookUps = 0
            offer(try lookUp(count, window, slack, threshold, &lookUps))
            return lookUps
        }
        offer(count)
        return 0
    }

    /// Adds the contributions of a list's postings from `begin` up to `end` to the sums.
    @inline(__always)
    private func add(
        _ state: inout TermState, from start: Int, _ begin: UInt32, _ end: UInt32, _ listed: inout Int
    ) throws {
        let kernel = state.saturation.kernel
        let documents = state.cursor.documents
        var block = start
        while block < state.cursor.blockCount {
            if state.cursor.block != block { try state.cursor.loadDocuments(block: block) }
            let size = state.cursor.size
            let last = documents[size &- 1]
            let low = documents[0] < begin ? ck_count_below(documents, begin) : 0
            let high = last >= end ? ck_count_below(documents, end) : size
            if high > low {
                let count = high &- low
                if state.cursor.occursOnce {
                    ck_add_contributions(documents + low, nil, count, kernel, norms, begin, session.sums)
                } else {
                    state.cursor.loadFrequencies()
                    ck_add_contributions(
                        documents + low, state.cursor.frequencies + low, count, kernel, norms, begin, session.sums)
                }
                if listed >= 0 {
                    if listed &+ count > session.windowSize {
                        listed = -1
                    } else {
                        (session.touched + listed).update(from: documents + low, count: count)
                        listed &+= count
                    }
                }
            }
            if last &+ 1 >= end { break }
            block &+= 1
        }
    }

    /// Adds the contributions of the lists that were not scored, the dearest first, and drops candidates as soon as they fall short.
    private func lookUp(
        _ candidates: Int, _ window: Int, _ slack: Double, _ threshold: Double, _ lookUps: inout Int
    ) throws -> Int {
        var count = candidates
        var rest = slack
        for term in session.order.reversed() where !states[term].isEssential && states[term].windowBound > 0 {
            let reach = rest
            rest -= states[term].windowBound
            count = try lookUp(
                &states[term], from: table.start(term, window), count, reach: reach, rest: rest, threshold, &lookUps)
            if count == 0 { break }
        }
        return count
    }

    private func lookUp(
        _ state: inout TermState, from start: Int, _ candidates: Int, reach: Double, rest: Double, _ threshold: Double,
        _ lookUps: inout Int
    ) throws -> Int {
        let (found, values) = (session.found, session.values)
        let documents = state.cursor.documents
        let blocks = state.cursor.blockCount
        let hasDirectory = state.cursor.hasDirectory
        var block = start
        var kept = 0
        var looked = 0
        defer { lookUps += looked }
        for index in 0..<candidates {
            let document = found[index]
            var value = values[index]
            if value + reach < threshold { continue }
            looked &+= 1
            if hasDirectory {
                while block < blocks, state.cursor.lastDocument(ofBlock: block) < document { block &+= 1 }
                if block < blocks, state.cursor.block != block {
                    let bound = state.saturation.score(product: state.cursor.bound(ofBlock: block).product(codeNorms))
                    if value + Double(bound) + rest < threshold { continue }
                    try state.cursor.loadDocuments(block: block)
                }
            }
            if block < blocks {
                let place = ck_count_below(documents, document)
                if place < state.cursor.size, documents[place] == document {
                    value += Double(
                        state.saturation.score(
                            frequency: Float(state.cursor.frequency(at: place)), inverseNorm: norms[Int(document)]))
                }
            }
            found[kept] = document
            values[kept] = value
            kept &+= 1
        }
        return kept
    }

    /// Puts candidates in ascending order of documents.
    private func sortCandidates(_ count: Int) {
        let (found, values) = (session.found, session.values)
        for index in 1..<max(count, 1) {
            let (document, value) = (found[index], values[index])
            var place = index
            while place > 0, found[place &- 1] > document {
                found[place] = found[place &- 1]
                values[place] = values[place &- 1]
                place &-= 1
            }
            found[place] = document
            values[place] = value
        }
    }

    /// Offers candidates with their whole sums.
    private func offer(_ count: Int) {
        session.offer(count, ranks: ranks, deleted: deleted, permitted: permitted)
    }
}
