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
}
