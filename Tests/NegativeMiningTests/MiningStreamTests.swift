import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct MiningStreamTests {
    private struct Failure: Error, Equatable { var item: Int }

    @Test("Items are mapped in their order on any number of threads, and the first failure is the one that is thrown.")
    func concurrentMap() throws {
        for threads in [1, 2, 3, 8] {
            for count in [0, 1, 2, 17, 300] {
                let squares = try ConcurrentMap.results(count, threads: threads) { $0 * $0 }
                #expect(squares == (0..<count).map { $0 * $0 })
            }
            #expect(throws: Failure(item: 41)) {
                try ConcurrentMap.results(300, threads: threads) { item in
                    if item >= 41 { throw Failure(item: item) }
                    return item
                }
            }
        }
    }

    @Test(
        "A file of queries on several threads gives the results, rows and report of the queries on one.",
        arguments: 0..<6)
    func fileEqualsQueries(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        let folder = try TemporaryFolder()
        let file = try QueryFile(folder.write("q.jsonl", queries.map { $0.jsonLine() }.joined()))
        var options = MiningOptions(numNegatives: 3, relativeMargin: nil, seed: seed)
        options.sampling = .random
        var miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, explains: seed % 2 == 0)
        var expected: [MinedQuery] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { expected.append($0) }
        for (threads, batch) in [(1, 5), (2, 4), (3, 100)] {
            miner.threads = threads
            miner.batchSize = batch
            var mined: [MinedQuery] = []
            var rows: [QueryID] = []
            var reached = 0
            let other = try miner.mine(
                file, qrels: qrels, rows: { $0.query.id },
                each: {
                    mined.append($0)
                    rows.append($1)
                }, progress: { reached = $0.queries })
            #expect(mined == expected, "seed \(seed)")
            #expect(rows == expected.map(\.query.id))
            #expect(other == report)
            #expect(reached == queries.count)
        }
    }

    @Test(
        "Two minings, the second after the first's queries, give the rows and the counts of one, whatever the batches and the memory.",
        arguments: 0..<8)
    func goesOn(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        let file = QueryFile(queries)
        var options = MiningOptions(numNegatives: 3, relativeMargin: nil, seed: seed, ifTooFew: .fillRandom)
        options.sampling = seed % 2 == 0 ? .random : .top
        options.dedupe = seed % 3 == 0 ? .near : .exact
        let mixture = NegativeMixture(
            [.init(name: "one", share: 2, kind: .retriever(fake)), .init(name: "two", share: 1, kind: .random)]
                .suffix(seed % 4 < 2 ? 1 : 2).map { $0 })
        var miner = try HardNegativeMiner(mixture: mixture, documents: fake, options: options)
        var whole: [MinedQuery] = []
        let expected = try miner.mine(file, qrels: qrels, rows: { _ in }, each: { mined, _ in whole.append(mined) })
        struct Killed: Error {}
        miner.threads = 2
        for stop in [0, 1, queries.count / 2, queries.count] {
            miner.batchSize = 1 + stop % 3
            if stop % 2 == 0 { miner.limitMemory(to: 1) }
            var mined: [MinedQuery] = []
            var first: (queries: Int, report: MiningReport)?
            do {
                _ = try miner.mine(
                    file, qrels: qrels, rows: { _ in }, each: { result, _ in mined.append(result) },
                    batchEnded: { done, report in
                        first = (done, try report())
                        if done >= stop { throw Killed() }
                    })
            } catch is Killed {}
            let done = try #require(first)
            miner.batchSize = 4
            let rest = try miner.mine(
                file, after: done.queries, qrels: qrels, rows: { _ in }, each: { result, _ in mined.append(result) })
            #expect(mined == whole, "seed \(seed), stopped at \(stop)")
            let sum = rest.addingCounts(of: done.report)
            #expect(sum == MiningReport.countsAlone(expected), "seed \(seed), stopped at \(stop)")
        }
    }

    @Test("Mining that stops early gives the negatives of mining that looks at everything.", arguments: 0..<24)
    func stopEarly(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        var random = SeededGenerator(seed: seed)
        var options = MiningOptions(
            numNegatives: Int.random(in: 1...5, using: &random), rangeMin: Int.random(in: 0...3, using: &random),
            rangeMax: Int.random(in: 4...35, using: &random), relativeMargin: seed % 3 == 0 ? nil : 0.1, seed: seed)
        options.sampling = seed % 6 == 5 ? .random : .top
        options.dedupe = seed % 2 == 0 ? .exact : .near
        options.ifTooFew = MiningOptions.Shortfall.allCases[Int(seed) % MiningOptions.Shortfall.allCases.count]
        let whole = try HardNegativeMiner(retriever: fake, documents: fake, options: options)
        var early = whole
        early.stopEarly()
        var results: [[MinedQuery]] = [[], []]
        let report = try whole.mine(queries: queries, qrels: qrels) { results[0].append($0) }
        let other = try early.mine(queries: queries, qrels: qrels) { results[1].append($0) }
        #expect(results[0] == results[1], "seed \(seed)")
        #expect(report.negatives == other.negatives && report.negativeScores == other.negativeScores)
        #expect(report.shortQueries == other.shortQueries && report.emptyQueries == other.emptyQueries)
        #expect(report.widenedQueries == other.widenedQueries)
        #expect(options.sampling == .top ? other.candidates <= report.candidates : other == report)
    }
}

extension MiningReport {
    /// A report without its distributions of scores.
    fileprivate static func countsAlone(_ report: MiningReport) -> MiningReport {
        var counts = report
        for summary in [
            \MiningReport.positiveScores, \.negativeScores, \.rejectedScores, \.unusedScores, \.gaps,
        ] {
            counts[keyPath: summary] = ScoreSummary(count: 0)
        }
        counts.sources = counts.sources?.map(countsAlone)
        return counts
    }
}
