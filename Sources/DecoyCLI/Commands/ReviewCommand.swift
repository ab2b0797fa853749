import ArgumentParser
import Decoy
import DurableStorage
import Essentials
import NegativeReview

/// `decoy review`: a person judges suspected false negatives.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Judge mined negatives: truly wrong, or relevant and unlabelled.",
        discussion: """
            Shows a query, what is relevant to it, and one candidate; the most doubtful candidates come first, so that a few answers find most
            false negatives. NEGATIVES is best what mine --explain writes, which has the estimate of a false negative beside each candidate; what
            mine -o writes does too, with --fates for the estimates. Keys: w truly wrong, r relevant, u unsure, s skip, z undo, m whole texts,
            q quit. Where standard input is no terminal it has one word a line: wrong, relevant, unsure, undo, skip, quit.

            With mine's defaults the estimate has kept nearly all false negatives out already: --include-rejected asks about those, and finds positives
            that nobody labelled.

            Every answer is saved at once to NEGATIVES.review.jsonl, one JSON line each, safe from kills. Several people may answer at the same
            time under different names; --progress says how far each came and how well every two agree (Cohen's kappa). An answer stands until
            the same reviewer gives another to the same question. decoy serve --negatives shows the same questions in a browser.

            --apply FOLDER writes FOLDER/qrels.tsv, the judgements with what reviewers found relevant (grade 1), and FOLDER/judged.tsv, grade 1
            or 0 of all that they judged, for mine --judged. Of several reviewers more than half must agree; unsure and disputed questions are left out.

            EXAMPLES
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o negatives.jsonl --explain fates.jsonl
              decoy review fates.jsonl --queries q.jsonl --qrels train.tsv --corpus my.index --limit 50
              decoy review negatives.jsonl --fates fates.jsonl --dataset scifact --split train --reviewer anna
              decoy review fates.jsonl --dataset scifact --progress
              decoy review fates.jsonl --qrels train.tsv --apply reviewed
              decoy mine my.index --queries q.jsonl --qrels reviewed/qrels.tsv --judged reviewed/judged.tsv -o better.jsonl
              decoy review fates.jsonl --dataset scifact --list --limit 3
              printf 'wrong\\nrelevant\\nundo\\nunsure\\n' | decoy review fates.jsonl --dataset scifact --reviewer script
            """.flowing)

    @Argument(
        help: "Fates of mine --explain (.jsonl, .zst), or mined negatives as mine -o writes them.", completion: .file())
    var negatives: String

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(
        help: ArgumentHelp("The judgements that the negatives were mined with (BEIR or TREC).", valueName: "file"),
        completion: .file())
    var qrels: String?

    @Option(
        help: ArgumentHelp(
            "Where the texts are: a corpus, a dataset, or an index that stores them, which also marks the query's words.",
            valueName: "corpus"), completion: .file())
    var corpus: String?

    @Option(
        help: ArgumentHelp(
            "A dataset with queries, judgements and corpus, as far as not given apart.", valueName: "folder"),
        completion: .directory)
    var dataset: String?

    @Option(help: "The dataset's split whose judgements are taken.")
    var split = "train"

    @Option(
        help: ArgumentHelp("The fates of mine --explain, beside a file of mined negatives.", valueName: "file"),
        completion: .file())
    var fates: String?

    @Flag(help: "Ask also about candidates that the estimate of false negatives rejected; needs fates.")
    var includeRejected = false

    @Option(help: ArgumentHelp("Who answers: 1 to 64 characters. (default: the user's name)", valueName: "name"))
    var reviewer: String?

    @Option(help: ArgumentHelp("Ask no more than the first questions.", valueName: "n"))
    var limit: Int?

    @Option(
        help: ArgumentHelp("Where answers are kept. (default: NEGATIVES.review.jsonl)", valueName: "file"),
        completion: .file())
    var answers: String?

    @Option(
        help: ArgumentHelp(
            "Ask nothing; write the judgements that the answers make into this folder.", valueName: "folder"),
        completion: .directory)
    var apply: String?

    @Flag(help: "Ask nothing; print how far the reviewers came and how well they agree.")
    var progress = false

    @Flag(help: "Ask nothing; print the same as JSON.")
    var json = false

    @Flag(help: "Ask nothing; print the questions in their order, a JSON line each.")
    var list = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit): give 1 or more") }
        let modes = [("--apply", apply != nil), ("--progress", progress), ("--json", json), ("--list", list)]
            .filter(\.1).map(\.0)
        guard modes.count <= 1 || modes == ["--progress", "--json"] else {
            throw ValidationError("\(modes.joined(separator: " and ")) exclude each other")
        }
        guard negatives != "-", answers != "-" else {
            throw ValidationError("NEGATIVES and --answers are files: standard input has the answers")
        }
    }

    func run() throws {
        let path = answers ?? ReviewMaterial.answers(of: negatives)
        if let apply { return try write(to: apply, answers: path) }
        let reviewer = reviewer ?? ProcessInfo.processInfo.userName
        guard ReviewerName.isUsable(reviewer) else { throw ReviewError.badReviewer(reviewer) }
        let asks = !progress && !json && !list
        let documents = try documents()
        let items = try ReviewMaterial.items(
            negatives: negatives, fates: fates, queries: try given(queries, "--queries", \.queriesPath),
            qrels: try judgements(), documents: documents, includeRejected: includeRejected, limit: limit)
        let session = try ReviewSession(
            items: items, log: AnswerLog(path: path, access: asks ? .append : .read))
        var state = try session.state(of: reviewer)
        if json {
            state.question = nil
            return Console.output(try JSONOutput.text(state))
        }
        if progress { return Console.output(ReviewSummary.text(of: state), terminator: "") }
        if list {
            for (place, item) in session.items.enumerated() {
                let verdict = session.verdict(of: reviewer, on: item.id)
                Console.output(try JSONOutput.line(QuestionLine(item, place: place, verdict: verdict)))
            }
            return
        }
        guard !items.isEmpty else {
            return common.say(
                "\(negatives) holds no questions: no candidate was kept that the judgements don't hold relevant")
        }
        common.say("answers go to \(path), as \(Console.printable(reviewer))")
        state = try ask(session, reviewer, documents as? Searcher)
        common.say(ReviewSummary.line(of: state))
        if state.answered > 0 { common.say("--apply FOLDER makes judgements of the answers") }
    }

    private func ask(_ session: ReviewSession, _ reviewer: String, _ searcher: Searcher?) throws -> ReviewState {
        let text = QuestionText(searcher: searcher, width: TerminalWidth.columns, bold: Console.bold)
        let conversation = ReviewConversation(session: session, reviewer: reviewer, text: text) {
            Console.output($0, terminator: "")
        }
        guard TerminalKeys.areAvailable else { return try conversation.run(WordInput()) }
        return try Interruption.deferred {
            guard let keys = TerminalKeys() else { return try conversation.run(WordInput()) }
            defer { keys.restore() }
            return try conversation.run(KeyInput(keys: keys))
        }
    }

    private func write(to folder: String, answers path: String) throws {
        let log = try AnswerLog(path: path, access: .read)
        let answers = try log.answers()
        let (file, qrels) = (try judgements(), try QrelsReader.read(judgements()))
        guard answers.isEmpty || answers.contains(where: { !qrels[$0.question.query].isEmpty }) else {
            throw InputErrors(
                InputError(
                    source: path, problem: "none of its queries is judged in \(file)",
                    remedy: "check that both belong to the same data set"))
        }
        let result = ReviewedJudgements(answers: answers, qrels: qrels)
        guard result.consensus.judged.count > 0 else {
            guard FileManager.default.fileExists(atPath: path) else { throw StorageError.notFound(path: path) }
            throw InputErrors(
                InputError(
                    source: path, problem: "no question has an answer to apply; \(result.summary)",
                    remedy: "answer questions first with decoy review"))
        }
        let written = try result.write(to: folder)
        common.say(result.summary)
        common.say("wrote \(written.qrels) and \(written.judged); mine with --qrels and --judged")
    }

    /// Where the texts are.
    private func documents() throws -> any DocumentStore {
        guard let path = corpus ?? dataset else { throw Self.missing("--corpus") }
        guard (try? FolderKind(of: path)) == .lexicalIndex else { return try CorpusTexts(path: path) }
        let reader = try IndexReader(path: path)
        guard reader.summary.storesText else {
            throw UsageProblem("\(path) stores no texts; give --corpus FILE or an index with texts")
        }
        return try Searcher(reader: reader, threads: common.threadCount)
    }

    private func judgements() throws -> String {
        if let qrels { return qrels }
        guard let dataset else { throw Self.missing("--qrels") }
        let folder = try BEIRDataset(path: dataset)
        // Throws what says which splits there are.
        guard let path = folder.qrelsPath(split: split) else {
            _ = try folder.qrels(split: split); throw Self.missing("--qrels")
        }
        return path
    }

    private func given(_ path: String?, _ option: String, _ part: KeyPath<BEIRDataset, String?>) throws -> String {
        if let path { return path }
        guard let dataset else { throw Self.missing(option) }
        guard let found = try BEIRDataset(path: dataset)[keyPath: part] else {
            throw FileError.notFound(path: dataset + "/queries.jsonl")
        }
        return found
    }

    private static func missing(_ option: String) -> UsageProblem {
        UsageProblem("give \(option), or --dataset FOLDER with queries, judgements and corpus")
    }
}
