import ArgumentParser
import Decoy
import NegativeReview

/// What is put before people at `/review`.
struct ReviewFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Mined negatives, or better the fates of mine --explain, for people to judge at /review.", valueName: "file"
        ), completion: .file())
    var negatives: String?

    @Option(help: ArgumentHelp("The queries of --negatives.", valueName: "file"), completion: .file())
    var queries: String?

    @Option(
        help: ArgumentHelp("The judgements that --negatives was mined with.", valueName: "file"), completion: .file())
    var qrels: String?

    @Option(
        help: ArgumentHelp("Where answers are kept. (default: NEGATIVES.review.jsonl)", valueName: "file"),
        completion: .file())
    var answers: String?

    @Flag(help: "Ask about candidates too that the estimate rejected (with the fates of mine --explain).")
    var includeRejected = false

    func validate() throws {
        guard (negatives == nil) == (queries == nil), (negatives == nil) == (qrels == nil) else {
            throw ValidationError("--negatives, --queries and --qrels go together")
        }
        guard negatives != nil || (answers == nil && !includeRejected) else {
            throw ValidationError("--answers and --include-rejected go with --negatives")
        }
    }

    /// The questions; nil where there are none.
    func session(documents: (any DocumentStore)?, index: String) throws -> ReviewSession? {
        guard let negatives, let queries, let qrels else { return nil }
        guard let documents else {
            throw UsageProblem("--negatives: people read texts, and \(index) stores none; give --corpus FILE")
        }
        let items = try ReviewMaterial.items(
            negatives: negatives, fates: nil, queries: queries, qrels: qrels, documents: documents,
            includeRejected: includeRejected)
        return try ReviewSession(items: items, log: AnswerLog(path: answers ?? ReviewMaterial.answers(of: negatives)))
    }
}
