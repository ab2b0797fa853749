import Essentials
import RetrievalData

/// A mining report as pages read it: the part of its JSON that is drawn.
struct MiningResults: Decodable {
    var retriever: String
    var queries: Int
    var queriesWithoutPositives: Int
    var queriesWithoutPositiveScore: Int
    var unknownPositives: Int
    var negatives: Int
    var shortQueries: Int
    var emptyQueries: Int
    var missingNegatives: Int
    var widenedQueries: Int
    var filledQueries: Int
    var randomNegatives: Int
    var droppedQueries: Int
    var rejected: [String: Int]
    var overruled: [String: Int]?
    var options: Options
    var positiveScores: Scores?
    var negativeScores: Scores?
    var rejectedScores: Scores?
    var unusedScores: Scores?
    var gaps: Scores?
    var queriesByNegatives: [QueryCount]?
    var fates: [Fate]?
    var ranks: [Rank]?
    var scoreHistogram: Histogram?
    var relativeScoreHistogram: Histogram?
    var shortest: [ShortQuery]?
    var examples: [Example]?
    var sources: [MiningResults]?
    var falseNegativeEstimate: Estimate?
    var notes: [String]?
    var version: String?
    var command: String?
    var analyzer: String?
    var inputs: [String: String]?
    var judgedQueriesMissing: Int?

    struct Estimate: Decodable {
        var origin: String
        var limit: Double
        var hiddenPositives: Int
        var others: Int
        var calibration: [CalibrationBin]
    }

    struct CalibrationBin: Decodable {
        var from: Double
        var to: Double
        var count: Int
        var predicted: Double
        var observed: Double
    }

    struct Options: Decodable {
        var numNegatives: Int
        var rangeMin: Int
        var rangeMax: Int
        var relativeMargin: Double?
        var marginAgainst: String
        var ifTooFew: String
        var seed: UInt64
    }

    struct Scores: Decodable {
        var count: Int
        var minimum: Double?
        var maximum: Double?
        var mean: Double?
        var quantiles: Quantiles?
    }

    struct Quantiles: Decodable {
        var p10: Double
        var p50: Double
        var p90: Double
    }

    struct QueryCount: Decodable {
        var negatives: Int
        var queries: Int
    }

    struct Fate: Decodable {
        var fate: String
        var candidates: Int
        var meanRank: Double?
        var meanRelativeScore: Double?
    }

    struct Rank: Decodable {
        var firstRank: Int
        var lastRank: Int
        var kept: Int
        var rejected: Int
        var unused: Int
        var keptRelativeScore: Double?
        var rejectedRelativeScore: Double?
        var unusedRelativeScore: Double?
        var candidates: Int { kept + rejected + unused }
    }

    struct Histogram: Decodable {
        var edges: [Double]
        var positives: [Int]?
        var kept: [Int]
        var rejected: [Int]
        var unused: [Int]
    }

    struct ShortQuery: Decodable {
        var query: String
        var text: String
        var found: Int
        var negatives: Int
        var isWidened: Bool
        var filled: Int
        var isDropped: Bool
        var rejected: [String: Int]
    }

    struct Example: Decodable {
        var query: String
        var text: String
        var positives: [Passage]
        var negatives: [Passage]
        var rejected: [Passage]
        var rejectedCount: Int
        var unusedCount: Int
    }

    struct Passage: Decodable {
        var document: String
        var fate: String
        var score: Double?
        var rank: Int?
        var source: String?
        var positiveScore: Double?
        var margin: Double?
        var evidence: Evidence?
        var text: String?
    }

    struct Evidence: Decodable {
        var value: Double?
        var limit: Double?
        var document: String?
    }

    /// The report of a JSON value; throws `DecodingError` where it is another.
    init(_ value: JSONTree) throws {
        self = try JSONDecoder().decode(MiningResults.self, from: JSONEncoder().encode(value))
    }

    /// The retriever, or the shares of a mixture with room to break a line.
    var name: String { sources == nil ? retriever : retriever.replacing(",", with: ", ") }

    /// Queries that have positives.
    var mined: Int { queries - queriesWithoutPositives }
}
