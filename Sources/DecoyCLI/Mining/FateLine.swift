import Decoy

/// One candidate's fate, for `--explain`.
struct FateLine: Encodable {
    var query: QueryID
    var document: DocumentID
    var fate: String
    var score: Double?
    var rank: Int?
    var falseNegativeProbability: Double?

    /// One JSON line for each negative and each rejection of a query.
    static func lines(of mined: MinedQuery) throws -> String {
        var text = ""
        for negative in mined.negatives {
            text +=
                try JSONOutput.line(
                    FateLine(
                        query: mined.query.id, document: negative.document, fate: "kept", score: negative.score,
                        rank: negative.rank, falseNegativeProbability: negative.falseNegativeProbability)) + "\n"
        }
        for rejection in mined.rejections ?? [] {
            text +=
                try JSONOutput.line(
                    FateLine(
                        query: mined.query.id, document: rejection.document, fate: rejection.reason.rawValue,
                        score: rejection.score, rank: rejection.rank,
                        falseNegativeProbability: rejection.falseNegativeProbability)) + "\n"
        }
        return text
    }
}
