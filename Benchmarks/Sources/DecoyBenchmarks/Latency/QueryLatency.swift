import Decoy

/// Times the queries of a file one by one, and all of them as a batch, in a process that stays open.
///
/// A query is text in, ids and scores out, on one thread. Several passes are made after one that warms up; the figures are the medians
/// over the passes.
struct QueryLatency {
    private struct Body: Codable {
        var engine = "decoy"
        var documents: Int
        var queries: Int
        var k: Int
        var runs: Int
        var hits: Int
        var openMilliseconds: Double
        var meanMilliseconds: Double
        var p50Milliseconds: Double
        var p99Milliseconds: Double
        var cpuMillisecondsPerQuery: Double
        var batchK: Int
        var batchThreads: Int
        var batchQueriesPerSecond: Double
        var batchQueriesPerCPUSecond: Double
        var peakMemoryBytes: Int
        var load: Double
    }

    private let index: String
    private let queries: [Query]
    private let k: Int
    private let batchK: Int
    private let threads: Int
    private let runs: Int
    private let similarity: BM25

    init(_ arguments: inout Arguments) throws {
        k = try arguments.number("-k", default: 10)
        batchK = try arguments.number("--batch", default: 100)
        threads = try arguments.number("--threads", default: 1)
        runs = max(1, try arguments.number("--runs", default: 3))
        similarity = BM25(
            k1: try arguments.number("--k1", default: 1.2), b: try arguments.number("--b", default: 0.75))
        try arguments.finish(positional: 3...3)
        index = arguments.positional[1]
        queries = try QueryReader.read(arguments.positional[2])
    }

    func json() throws -> String {
        let opening = Stopwatch()
        let reader = try IndexReader(path: index)
        let searcher = try Searcher(reader: reader, similarity: similarity, threads: threads)
        var hits = try searcher.search(queries.first?.text ?? "", k: k).count
        let open = opening.wall
        hits = try queries.reduce(0) { $0 + (try searcher.search($1.text, k: k).count) }
        var passes: [(mean: Double, p50: Double, p99: Double, cpu: Double)] = []
        for _ in 0..<runs {
            var times: [Double] = []
            times.reserveCapacity(queries.count)
            let pass = Stopwatch()
            for query in queries {
                let begin = Stopwatch.wallNow()
                _ = try searcher.search(query.text, k: k)
                times.append(Stopwatch.wallNow() - begin)
            }
            let cpu = pass.cpu / Double(max(queries.count, 1))
            passes.append(
                (
                    Statistics.mean(times), Statistics.quantile(0.5, of: times), Statistics.quantile(0.99, of: times),
                    cpu
                ))
        }
        var batches: [Measurement.Sample] = []
        for _ in 0..<runs {
            let watch = Stopwatch()
            try searcher.retrieve(queries, k: batchK) { _ in }
            batches.append(.init(wall: watch.wall, cpu: watch.cpu))
        }
        let count = Double(queries.count)
        return try JSONOutput.text(
            Body(
                documents: reader.storedDocumentCount, queries: queries.count, k: k, runs: runs, hits: hits,
                openMilliseconds: open * 1e3,
                meanMilliseconds: Statistics.median(passes.map(\.mean)) * 1e3,
                p50Milliseconds: Statistics.median(passes.map(\.p50)) * 1e3,
                p99Milliseconds: Statistics.median(passes.map(\.p99)) * 1e3,
                cpuMillisecondsPerQuery: Statistics.median(passes.map(\.cpu)) * 1e3, batchK: batchK,
                batchThreads: threads,
                batchQueriesPerSecond: count / max(Statistics.median(batches.map(\.wall)), 1e-9),
                batchQueriesPerCPUSecond: count / max(Statistics.median(batches.map(\.cpu)), 1e-9),
                peakMemoryBytes: Stopwatch.peakMemory(), load: Stopwatch.load()))
    }
}
