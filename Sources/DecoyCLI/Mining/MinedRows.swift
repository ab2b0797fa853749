import ArgumentParser
import Decoy

extension TrainingFormat: ExpressibleByArgument {}

/// Turns mined queries into rows of training examples.
struct MinedRows: Sendable {
    var format: TrainingFormat
    var withScores: Bool
    var documents: any DocumentStore
    /// The file of judgements, for messages.
    var qrels: String
    /// Gives the scores that are written; nil for those of mining.
    var scorer: (any Retriever)?

    /// The rows of one query; none where it has no negatives.
    func rows(of mined: MinedQuery) throws -> String {
        // Positives are looked up first: whether one that is missing is noticed must not depend on what filters left.
        var positives = try mined.positives.map { PassageGroup.Passage(try document($0.document), score: $0.score) }
        if mined.negatives.isEmpty { return "" }
        var negatives = try mined.negatives.map { PassageGroup.Passage(try document($0.document), score: $0.score) }
        if withScores, let scorer {
            let documents = mined.positives.map(\.document) + mined.negatives.map(\.document)
            let scores = try scorer.scores(of: documents, for: mined.query)
            for place in positives.indices { positives[place].score = scores[place] }
            for place in negatives.indices { negatives[place].score = scores[positives.count + place] }
        }
        let group = PassageGroup(query: mined.query, positives: positives, negatives: negatives)
        return format.rows(of: group, withScores: withScores)
    }

    private func document(_ id: DocumentID) throws -> Document {
        guard format.holdsText else { return Document(id: id, text: "") }
        guard let document = try documents.document(id) else {
            throw InputErrors(
                InputError(
                    source: qrels, problem: "document \(id) is relevant to a query and not among the documents",
                    remedy: "give the corpus that the judgements belong to, or write ids (--output-format ids)"))
        }
        return document
    }
}
