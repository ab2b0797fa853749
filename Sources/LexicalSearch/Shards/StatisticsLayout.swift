import DurableStorage
import RetrievalData

/// Where things stand in a file of statistics, which `Documentation/formats/index.md` specifies.
enum StatisticsLayout {
    static let kind: FileKind = "STAT"
    /// Terms in a block.
    static let blockSize = 64
    /// Term count (8), offset of the blocks' offsets (8), offset of the summary (8), zero (8).
    static let trailerSize = 32
    /// The largest number of documents or of a sum of lengths.
    static let largest = 1 << 53

    static let tooLarge = InputErrors(
        InputError(
            source: "statistics", problem: "their sum is above 2^53", remedy: "check that the files are what they seem")
    )
}

/// What a file of statistics says of its collection as a whole.
struct StatisticsSummary: Codable, Sendable, Hashable {
    /// Documents with at least one term.
    var documentsWithTerms: Int
    /// The sum of the documents' lengths in terms.
    var totalLength: Int
    var coverage: ShardCoverage

    /// The sum of both under a coverage of both.
    mutating func add(_ other: StatisticsSummary) throws {
        // Each is at most 2^53.
        documentsWithTerms += other.documentsWithTerms
        totalLength += other.totalLength
        guard documentsWithTerms <= StatisticsLayout.largest, totalLength <= StatisticsLayout.largest else {
            throw StatisticsLayout.tooLarge
        }
    }
}
