import ArgumentParser
import Decoy

/// The row formats of `mine`.
enum MinedFormat: String, CaseIterable, ExpressibleByArgument {
    case triplet
    case nTuple = "n-tuple"
    case ids
}

/// Turns mined queries into rows of training examples.
struct MinedRowWriter {
    var format: MinedFormat
    var withScores: Bool
    var documents: any DocumentStore
    /// The file of judgements, for messages.
    var qrels: String

    /// The rows of one query; one row for each positive and negative (triplet), for each positive (n-tuple), or for the query (ids).
    ///
    /// A query without negatives has no row.
    func rows(of mined: MinedQuery) throws -> String {
        guard !mined.negatives.isEmpty else { return "" }
        if format == .ids {
            let known = mined.positives.compactMap(\.score)
            let scores = known.count == mined.positives.count ? known + mined.negatives.map(\.score) : nil
            return TrainingRow.ids(
                query: mined.query.id, positives: mined.positives.map(\.document),
                negatives: mined.negatives.map(\.document), scores: withScores ? scores : nil
            ).jsonLine()
        }
        let negatives = try mined.negatives.map { try text(of: $0.document) }
        var rows = ""
        for positive in mined.positives {
            let anchor = mined.query.text
            let relevant = try text(of: positive.document)
            func scores(_ of: [HardNegative]) -> [Double]? {
                guard withScores, let score = positive.score else { return nil }
                return [score] + of.map(\.score)
            }
            if format == .nTuple {
                rows += TrainingRow.texts(
                    anchor: anchor, positive: relevant, negatives: negatives, scores: scores(mined.negatives)
                ).jsonLine(numbered: true)
            } else {
                for (negative, text) in zip(mined.negatives, negatives) {
                    rows += TrainingRow.texts(
                        anchor: anchor, positive: relevant, negatives: [text], scores: scores([negative])
                    ).jsonLine()
                }
            }
        }
        return rows
    }

    private func text(of id: DocumentID) throws -> String {
        guard let document = try documents.document(id) else {
            throw InputErrors(
                InputError(
                    source: qrels, problem: "document \(id) is relevant to a query and not in the index",
                    remedy: "index the corpus the judgements belong to, or write ids (--output-format ids)"))
        }
        return document.contents
    }
}

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
