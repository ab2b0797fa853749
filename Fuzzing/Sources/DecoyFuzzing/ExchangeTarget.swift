import DurableStorage
import Foundation
import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// What comes from other machines and programs: by its first byte, the body of a file of statistics under right checksums (even), or a file
/// in the Common Index File Format (odd).
///
/// Statistics throw `corrupt`, or their terms ascend and each is found with its frequency. A CIFF file is refused as bad input, or makes an
/// index that is sound and can be searched.
enum ExchangeTarget {
    static func run(_ input: FuzzInput) {
        var input = input
        let isStatistics = input.byte() % 2 == 0
        do {
            if isStatistics {
                try read(statistics: input.remainder())
            } else {
                try take(ciff: input.remainder())
            }
        } catch StorageError.corrupt {
        } catch is InputErrors where !isStatistics {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func read(statistics body: [UInt8]) throws {
        let directory = InMemoryDirectory()
        let file = try ChecksummedFileWriter(directory, "s", kind: StatisticsLayout.kind, version: IndexFormat.version)
        try file.write(body)
        _ = try file.finish()
        let statistics = try ShardStatistics(directory.open("s"), path: "s")
        for word in ["", "a", "bank", "zz"] { _ = try statistics.documentFrequency(of: word) }
        var terms: [(term: [UInt8], frequency: Int)] = []
        let cursor = try StatisticsCursor(statistics)
        while let term = cursor.term {
            if let last = terms.last { require(last.term.lexicographicallyPrecedes(term), "terms do not ascend") }
            terms.append((term, cursor.frequency))
            try cursor.next()
        }
        for (term, frequency) in terms {
            guard let text = String(validating: term, as: UTF8.self) else { continue }
            let found = try statistics.documentFrequency(of: text)
            require(found == frequency, "\(text) in \(found) documents, not \(frequency)")
        }
    }

    private static let file = FileManager.default.temporaryDirectory.path + "/decoy-fuzzing-\(getpid()).ciff"

    private static func take(ciff bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let directory = InMemoryDirectory()
        _ = try CIFFImporter.build(file, in: directory, analyzer: .whitespace)
        let report = try IndexCheck.check(directory: directory)
        require(report.isSound, "the index that was made: \(report.problems)")
        try IndexUse.all(directory, changes: false)
    }

    /// The statistics and the CIFF files of small indexes.
    static func seeds() throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for count in [0, 1, 8, 90] {
            let directory = InMemoryDirectory()
            let writer = try IndexWriter(directory: directory, options: IndexOptions(shard: Shard(index: 0, count: 1)))
            try writer.add(SmallIndex.documents(0..<count))
            _ = try writer.commit()
            let reader = try IndexReader(directory: directory)
            try ShardStatistics.write(of: reader, to: file)
            seeds.append([0] + (try ShardStatistics(path: file).file.body().bytes))
            var bytes: [UInt8] = [1]
            _ = try CIFFExporter(reader).write(description: "seed") { bytes += $0 }
            seeds.append(bytes)
        }
        return seeds
    }
}
