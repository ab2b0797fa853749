import DurableStorage
import Essentials
import RetrievalData

extension ShardStatistics {
    /// Writes the statistics of a shard's index, whole or not at all.
    ///
    /// Deleted documents count nowhere, so the bytes are those of an index that never had them. Throws `InputErrors` where the index is no
    /// shard, `FieldError` where it has fields. O(terms).
    public static func write(of reader: IndexReader, to path: String) throws {
        guard let record = reader.summary.shard else {
            throw InputErrors(
                InputError(
                    source: reader.path, problem: "is no shard",
                    remedy: "build it with decoy index --shard I/N; 0/1 makes one shard of the whole"))
        }
        guard reader.fields == nil else {
            throw FieldError.invalid("\(reader.path): has fields, and their weights need the index's own statistics")
        }
        let summary = StatisticsSummary(
            documentsWithTerms: reader.documentCount, totalLength: reader.totalLength, coverage: ShardCoverage(record))
        try write(summary, reader.segments.map { try SegmentTermFrequencies($0.contents) }, to: path)
    }

    /// Writes the sum of several files, whole or not at all; the bytes depend neither on their order nor on how some were merged before.
    ///
    /// Throws `InputErrors` that name files which are not of one whole, repeated shards and, unless `partial`, missing ones. Memory: a page
    /// table and a term a file.
    @discardableResult
    public static func merge(_ paths: [String], to path: String, partial: Bool = false) throws -> ShardCoverage {
        let files = try paths.map { try ShardStatistics(path: $0) }
        let coverage = try ShardCoverage.union(files.map { ($0.path, $0.coverage) }, partial: partial)
        var sum = StatisticsSummary(documentsWithTerms: 0, totalLength: 0, coverage: coverage)
        for file in files { try sum.add(file.summary) }
        try write(sum, files.map { try StatisticsCursor($0) }, to: path)
        return coverage
    }

    private static func write(
        _ summary: StatisticsSummary, _ cursors: [any TermFrequencyCursor], to path: String
    ) throws {
        try AtomicFile.write(path: path) { output in
            let file = ChecksummedFileWriter(output, kind: StatisticsLayout.kind, version: IndexFormat.version)
            var terms = TermFrequencySum(cursors)
            var writer = ByteWriter()
            var offsets = ByteWriter()
            var previous: [UInt8] = []
            var count = 0
            while let (term, frequency) = try terms.next() {
                var shared = 0
                if count % StatisticsLayout.blockSize == 0 {
                    try file.write(&writer)
                    offsets.append(UInt64(file.position))
                } else {
                    let limit = min(previous.count, term.count)
                    while shared < limit, previous[shared] == term[shared] { shared += 1 }
                }
                writer.appendVarint(shared)
                writer.appendVarint(term.count - shared)
                writer.append(Array(term[shared...]))
                writer.appendVarint(frequency)
                previous = term
                count += 1
            }
            try file.write(&writer)
            let start = file.position
            try file.write(&offsets)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let json = file.position
            try file.write([UInt8](try encoder.encode(summary)))
            for number in [count, start, json, 0] { writer.append(UInt64(number)) }
            try file.write(&writer)
            _ = try file.finish()
        }
    }
}
