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
            let scores = allKnown(mined.positives.map(\.score) + mined.negatives.map(\.score))
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
                withScores ? allKnown([positive.score] + of.map(\.score)) : nil
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

    /// The scores; nil where one of them is not known.
    private func allKnown(_ scores: [Double?]) -> [Double]? {
        let known = scores.compactMap { $0 }
        return known.count == scores.count ? known : nil
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

    /// One JSON line for each negative and each rejection of a query.
    static func lines(of mined: MinedQuery) throws -> String {
        var text = ""
        for negative in mined.negatives {
            text +=
                try JSONOutput.line(
                    FateLine(
                        query: mined.query.id, document: negative.document, fate: "kept", score: negative.score,
                        rank: negative.rank)) + "\n"
        }
        for rejection in mined.rejections ?? [] {
            text +=
                try JSONOutput.line(
                    FateLine(
                        query: mined.query.id, document: rejection.document, fate: rejection.reason.rawValue,
                        score: rejection.score, rank: rejection.rank)) + "\n"
        }
        return text
    }
}
