import Decoy
import Foundation

/// Times exact search of vector folders, many queries at once and one at a time, beside a plain read of the same bytes.
///
/// The folders hold the same vectors at several precisions; runs go round the folders in turn, and figures are medians. Recall is against the
/// first folder.
struct VectorSearchSpeed {
    private struct Figures: Codable {
        var folder: String
        var precision: String
        var rows: Int
        var dimension: Int
        var batchMilliseconds: Double
        var batchCPUMilliseconds: Double
        var singleMilliseconds: Double
        var singleCPUMilliseconds: Double
        var recall: Double
        /// The bytes of 32-bit floats that a single query reads, over its time.
        var singleGigabytesPerSecond: Double
    }

    private struct Body: Codable {
        var k: Int
        var queries: Int
        var threads: Int
        var runs: Int
        var load: Double
        var readGigabytesPerSecond: [Double]
        var folders: [Figures]
    }

    private let folders: [String]
    private let queryFile: String
    private let k: Int
    private let threads: Int
    private let runs: Int

    init(_ arguments: inout Arguments) throws {
        k = try arguments.number("-k", default: 100)
        threads = max(1, try arguments.number("--threads", default: 2))
        runs = max(1, try arguments.number("--runs", default: 5))
        guard let file = arguments.value("--queries") else {
            throw Failure("vectors needs --queries, a file of raw 32-bit floats")
        }
        queryFile = file
        try arguments.finish(positional: 2...9)
        folders = Array(arguments.positional.dropFirst())
    }

    func json() throws -> String {
        let indexes = try folders.map { try FlatVectorIndex(path: $0) }
        let queries = try self.queries(dimension: indexes[0].dimension)
        let single = Array(queries.prefix(16))
        var times = [[[Double]]](repeating: [], count: indexes.count)
        var results = [[[ScoredDocument]]](repeating: [], count: indexes.count)
        let reads = (1...max(1, threads)).map {
            StreamingRead(bytes: indexes[0].count * indexes[0].dimension * 4, threads: $0)
        }
        var readTimes = [[Double]](repeating: [], count: reads.count)
        for _ in 0...runs {
            for (place, index) in indexes.enumerated() {
                let batch = Stopwatch()
                results[place] = index.search(queries, k: k, threads: threads)
                let (batchWall, batchCPU) = (batch.wall, batch.cpu)
                let one = Stopwatch()
                for query in single { _ = index.search([query], k: k, threads: threads) }
                times[place].append([batchWall, batchCPU, one.wall, one.cpu])
            }
            for (place, read) in reads.enumerated() { readTimes[place].append(read.gigabytesPerSecond()) }
        }
        let figures = indexes.enumerated().map { place, index in
            // The first round warms up.
            func median(_ column: Int, per count: Int) -> Double {
                Statistics.median(times[place].dropFirst().map { $0[column] }) * 1000 / Double(count)
            }
            let one = median(2, per: single.count)
            return Figures(
                folder: folders[place], precision: index.record.precision.rawValue, rows: index.count,
                dimension: index.dimension, batchMilliseconds: median(0, per: queries.count),
                batchCPUMilliseconds: median(1, per: queries.count), singleMilliseconds: one,
                singleCPUMilliseconds: median(3, per: single.count), recall: recall(results[place], results[0]),
                singleGigabytesPerSecond: Double(index.count * index.dimension * 4) / one / 1e6)
        }
        let body = Body(
            k: k, queries: queries.count, threads: threads, runs: runs, load: Stopwatch.load(),
            readGigabytesPerSecond: readTimes.map { Statistics.median(Array($0.dropFirst())) }, folders: figures)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }

    private func queries(dimension: Int) throws -> [[Float]] {
        let data = try Data(contentsOf: URL(filePath: queryFile))
        let values = data.withUnsafeBytes { raw in
            (0..<(raw.count / 4)).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
        guard values.count >= dimension, values.count.isMultiple(of: dimension) else {
            throw Failure("\(queryFile) does not hold vectors of \(dimension) numbers")
        }
        return stride(from: 0, to: values.count, by: dimension).map { Array(values[$0..<($0 + dimension)]) }
    }

    private func recall(_ found: [[ScoredDocument]], _ exact: [[ScoredDocument]]) -> Double {
        let pairs = zip(found, exact).map { Set($0.map(\.id)).intersection($1.map(\.id)).count }
        return Double(pairs.reduce(0, +)) / Double(max(1, exact.reduce(0) { $0 + $1.count }))
    }
}
