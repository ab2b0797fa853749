import DurableStorage
import RetrievalData

/// A negative source with its ids resolved, ready to choose the negatives of an epoch.
struct NegativePlan: Sendable {
    /// The negatives of an epoch.
    struct Choice: Sendable {
        /// For each query its negatives; empty where there are none at all.
        var negatives: [[Int32]] = []
        /// Whether a model chose.
        var refreshed = false
        /// Negatives that were chosen.
        var mined = 0
        /// Negatives drawn at random to fill up.
        var filled = 0

        func add(to report: inout TrainingReport) {
            report.refreshes += refreshed ? 1 : 0
            report.minedNegatives += mined
            report.filledNegatives += filled
        }
    }

    fileprivate enum Kind: Sendable {
        case none
        case random
        case fixed([[Int32]], NegativeOrder)
        case reranked([[Int32]], ModelRanking.Settings, firstEpochRanks: Range<Int>?, refreshEvery: Int, steps: Int)
    }

    private let kind: Kind
    private let count: Int
    private let pool: [Int32]
    private let seed: UInt64
    private let epochs: Int

    /// A plan for a training of so many epochs.
    init(_ source: NegativeSource, set: TrainingSet, seed: UInt64, epochs: Int) throws(TrainingError) {
        self.seed = seed
        self.epochs = epochs
        func lists(_ documents: [QueryID: [DocumentID]], _ place: String) throws(TrainingError) -> [[Int32]] {
            var result: [[Int32]] = []
            for (query, id) in set.queryIDs.enumerated() {
                let known = set.known[query]
                let found = try set.indices(documents[id] ?? [], query: id, place: place)
                result.append(found.filter { !known.contains($0) })
            }
            return result
        }
        switch source {
        case .inBatch:
            kind = .none
            count = 0
            pool = []
        case .random(let count, let pool):
            kind = .random
            self.count = count
            self.pool = try set.indices(pool, query: nil, place: "pool of random negatives").sorted()
        case .fixed(let documents, let count, let pool, let order):
            kind = .fixed(try lists(documents, "negatives"), order)
            self.count = count
            self.pool = try set.indices(pool, query: nil, place: "pool of random negatives").sorted()
        case .reranked(let mining):
            guard mining.refreshEvery >= 1 else {
                throw .option(name: "refreshEvery", value: "\(mining.refreshEvery)", expected: "1 or more")
            }
            guard mining.refreshSteps >= 0 else {
                throw .option(name: "refreshSteps", value: "\(mining.refreshSteps)", expected: "0 or more")
            }
            let settings = ModelRanking.Settings(
                count: mining.count, relativeMargin: Float(mining.relativeMargin), ownDepth: mining.ownDepth)
            kind = .reranked(
                try lists(mining.candidates, "candidates"), settings, firstEpochRanks: mining.firstEpochRanks,
                refreshEvery: mining.refreshEvery, steps: mining.refreshSteps)
            count = mining.count
            pool = try set.indices(mining.pool, query: nil, place: "pool of random negatives").sorted()
        }
        guard count >= 0 else { throw .option(name: "count", value: "\(count)", expected: "0 or more") }
    }

    /// Whether negatives are chosen before a step, counted from 0.
    func isDue(step: Int, stepsPerEpoch: Int) -> Bool {
        let (epoch, place) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
        switch kind {
        case .none: return false
        case .random, .fixed: return place == 0
        case .reranked(_, _, _, _, let steps) where steps > 0: return step.isMultiple(of: steps)
        case .reranked(_, _, let ranks, let every, _):
            if place != 0 { return false }
            if ranks == nil { return epoch % every == 0 }
            return epoch == 0 || (epoch - 1) % every == 0
        }
    }

    /// The negatives of an epoch; `model` is asked for only where it is to choose.
    func choose(
        epoch: Int, set: TrainingSet, model: @autoclosure () -> DualEncoder, threads: Int
    ) -> Choice {
        var choice = Choice()
        switch kind {
        case .none: return choice
        case .random: choice.negatives = [[Int32]](repeating: [], count: set.queryIDs.count)
        case .fixed(let lists, let order):
            choice.negatives = windows(of: lists, in: order, epoch: epoch, set: set)
        case .reranked(let candidates, _, .some(let ranks), _, _) where epoch == 0:
            let windows = candidates.map { list in Array(list[ranks.clamped(to: list.indices)]) }
            choice.negatives = self.windows(of: windows, in: .rotate, epoch: epoch, set: set)
        case .reranked(let candidates, let settings, _, _, _):
            choice.refreshed = true
            choice.negatives = ModelRanking.choose(
                candidates: candidates, pool: pool, settings: settings, set: set, model: model(), threads: threads)
        }
        choice.mined = choice.negatives.reduce(0) { $0 + $1.count }
        if !pool.isEmpty { fill(&choice, epoch: epoch, set: set) }
        return choice
    }

    private func windows(of lists: [[Int32]], in order: NegativeOrder, epoch: Int, set: TrainingSet) -> [[Int32]] {
        lists.enumerated().map { query, list in
            order.window(
                of: list, count: count, epoch: epoch, epochs: epochs,
                random: SeededRandom(seed: seed, item: "order of negatives for " + set.queryIDs[query]))
        }
    }

    private func fill(_ choice: inout Choice, epoch: Int, set: TrainingSet) {
        for query in choice.negatives.indices where choice.negatives[query].count < count {
            var random = SeededRandom(seed: seed, item: "negatives of epoch \(epoch) for " + set.queryIDs[query])
            let known = set.known[query]
            var taken = choice.negatives[query]
            let before = taken.count
            var tries = 0
            while taken.count < count, tries < 8 * count + 32 {
                let document = pool[random.next(below: pool.count)]
                if !known.contains(document), !taken.contains(document) { taken.append(document) }
                tries += 1
            }
            if taken.count < count {
                let rest = pool.filter { !known.contains($0) && !taken.contains($0) }
                taken.append(contentsOf: random.sample(count - taken.count, from: rest))
            }
            choice.negatives[query] = taken
            choice.filled += taken.count - before
        }
    }
}

extension NegativePlan {
    /// The CRC-32C of all that decides the negatives besides the model.
    var checksum: UInt32 {
        var checksum = CRC32C()
        switch kind {
        case .none: checksum.update(strings: ["none"])
        case .random: checksum.update(strings: ["random"])
        case .fixed(let lists, let order):
            checksum.update(strings: order == .rotate ? ["fixed"] : ["fixed", order.rawValue])
            checksum.update(lists: lists)
        case .reranked(let lists, let settings, let ranks, let every, let steps):
            checksum.update(
                strings: ["reranked", "\(settings)", "\(String(describing: ranks))", "\(every)", "\(steps)"])
            checksum.update(lists: lists)
        }
        checksum.update(lists: [[Int32(clamping: count)], pool])
        return checksum.value
    }
}
