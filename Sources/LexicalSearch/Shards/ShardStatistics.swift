import DurableStorage
import Essentials
import RetrievalData

/// The statistics of one shard or of several together, in a file: what scores depend on beside a document itself.
///
/// Opening reads the trailer and the summary; a term takes a binary search over blocks of 64 and a scan of one. Every page is verified
/// when it is first touched.
public final class ShardStatistics: CollectionStatistics {
    /// The file's path.
    public let path: String
    /// Which shards it covers.
    public var coverage: ShardCoverage { summary.coverage }
    /// The size and checksum of the file.
    public var seal: FileSeal { file.seal }
    /// The number of distinct terms.
    public let termCount: Int
    let file: ChecksummedFile
    let summary: StatisticsSummary
    let offsets: Int
    let blockCount: Int

    /// Opens a file; throws `StorageError.corrupt` where it is damaged or no such file, `notFound` where there is none.
    public convenience init(path: String) throws {
        try self.init(MappedFile(path: path), path: path)
    }

    init(_ mapped: MappedFile, path: String) throws {
        let file = try ChecksummedFile(mapped, kind: StatisticsLayout.kind, version: IndexFormat.version)
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.file.name, reason: reason) }
        let trailer = file.bodyEnd - StatisticsLayout.trailerSize
        let terms = try file.load(UInt64.self, at: trailer)
        let offsets = try file.load(UInt64.self, at: trailer + 8)
        let json = try file.load(UInt64.self, at: trailer + 16)
        guard terms <= UInt64(file.bodyEnd), json <= UInt64(trailer), offsets <= json else {
            throw corrupt("its counts are impossible")
        }
        blockCount = (Int(terms) + StatisticsLayout.blockSize - 1) / StatisticsLayout.blockSize
        guard Int(json - offsets) == 8 * blockCount else { throw corrupt("its counts are impossible") }
        let bytes = try file.view(offset: Int(json), count: trailer - Int(json)).bytes
        guard let summary = try? JSONDecoder().decode(StatisticsSummary.self, from: Data(bytes)) else {
            throw corrupt("its summary is none")
        }
        guard (0...StatisticsLayout.largest).contains(summary.documentsWithTerms),
            (summary.documentsWithTerms...StatisticsLayout.largest).contains(summary.totalLength)
        else { throw corrupt("its counts are impossible") }
        self.path = path
        self.file = file
        self.summary = summary
        self.offsets = Int(offsets)
        termCount = Int(terms)
    }

    /// Reads every byte; throws `StorageError.corrupt` where one is not what was written.
    public func verify() throws {
        for page in 0..<file.pageCount { try file.verifyPage(page) }
    }

    /// Whether a file of statistics is at a path, damaged or not.
    public static func isPresent(at path: String) -> Bool {
        guard let file = try? MappedFile(path: path), file.count >= 16 else { return false }
        return (try? file.view.load(UInt32.self, at: 8)) == StatisticsLayout.kind.code
    }

    /// The number of documents with at least one term.
    public var documentCount: Int { summary.documentsWithTerms }

    /// The sum of the documents' lengths in terms.
    public var totalLength: Int { summary.totalLength }

    /// The number of documents that hold a term; O(log terms).
    public func documentFrequency(of term: String) throws -> Int {
        var term = term
        return try term.withUTF8 { try documentFrequency(of: UnsafeRawBufferPointer($0)) }
    }

    private func documentFrequency(of term: UnsafeRawBufferPointer) throws -> Int {
        // The last block that does not begin after the term.
        var low = 0
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            var reader = StatisticsBlockReader(try block(middle), documents: documentCount)
            if try reader.begins(after: term) { high = middle } else { low = middle + 1 }
        }
        if low == 0 { return 0 }
        var reader = StatisticsBlockReader(try block(low - 1), documents: documentCount)
        let terms = min(StatisticsLayout.blockSize, termCount - (low - 1) * StatisticsLayout.blockSize)
        return try reader.frequency(of: term, terms: terms)
    }

    /// The bytes of a block.
    func block(_ number: Int) throws -> ByteView {
        let start = try file.load(UInt64.self, at: offsets + 8 * number)
        let end = number + 1 < blockCount ? try file.load(UInt64.self, at: offsets + 8 * number + 8) : UInt64(offsets)
        guard start <= end, end <= UInt64(offsets) else {
            throw StorageError.corrupt(file: file.file.name, reason: "a block lies outside of the file")
        }
        return try file.view(offset: Int(start), count: Int(end - start))
    }
}
