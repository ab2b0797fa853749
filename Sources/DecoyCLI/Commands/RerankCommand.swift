import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy rerank`: ranks a run's documents again by another retriever.
struct RerankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerank",
        abstract: "Rank a run's best documents again by another retriever or model.",
        discussion: """
            RETRIEVER is a lexical index or a vector folder, as for search. Where --model is a cross-encoder (a folder whose config.json is
            ForSequenceClassification with one label, as sentence-transformers' CrossEncoder loads it) it reads each query together with each
            document; the texts are those of --corpus, or of RETRIEVER, an index that stores them. Its score is the logit's sigmoid, or the logit
            where the model's configuration says Identity.

            The first --depth documents of each query get its scores, or
            with --interpolate W (1 - W) x the run's score + W x its score, both normalised. The documents below keep their order under
            them, and so do documents that the retriever does not know; their scores fall by steps from the lowest new one. -k cuts.

            EXAMPLES
              decoy rerank bm25.trec scifact.vectors --model scifact.model --queries scifact/queries.jsonl -o reranked.trec
              decoy rerank bm25.trec --model ms-marco-MiniLM-L6-v2 --queries scifact/queries.jsonl --corpus scifact -o reranked.trec
              decoy rerank bm25.trec scifact.index --model ms-marco-MiniLM-L6-v2 --queries scifact/queries.jsonl -o reranked.trec
              decoy rerank dense.trec scifact.index --queries scifact/queries.jsonl --depth 50 -k 50 -o reranked.trec
              decoy rerank bm25.trec my.vectors --model my.model --queries q.jsonl --interpolate 0.5 -o reranked.trec
              decoy evaluate reranked.trec --qrels scifact/qrels/test.tsv --baseline bm25.trec
            """.flowing)

    @Argument(help: ArgumentHelp("A run file (TREC or MS MARCO).", valueName: "run"), completion: .file())
    var source: String

    @Argument(
        help:
            "A lexical index or a vector folder; with a cross-encoder an index that stores the texts, if there is no --corpus.",
        completion: .directory
    )
    var retriever: String?

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String

    @OptionGroup var retrieval: RetrieverOptions

    @Option(
        help: ArgumentHelp(
            "The texts that a cross-encoder reads: a dataset or a corpus file; the documents needed are held in memory.",
            valueName: "corpus"), completion: .file())
    var corpus: String?

    @Option(help: "How many of each ranking's first documents are ranked again.")
    var depth = 100

    @Option(
        help: ArgumentHelp("The share of the retriever's score beside the run's, 0 to 1. (default: 1)", valueName: "w"))
    var interpolate: Double?

    @Option(
        help:
            "What --interpolate does to both scores first: min-max, z-score, maximum, sum or none. (default: min-max)")
    var interpolateNormalization: ScoreNormalization?

    @Option(name: .short, help: "How many documents a query gets. (default: all)")
    var k: Int?

    @Option(help: "The form of the run.")
    var outputFormat: RunFormat = .trec

    @Option(help: "The last column of a TREC run. (default: the retriever's name)")
    var tag: String?

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the run to a file.", valueName: "file"), completion: .file())
    var output = "-"

    @Flag(help: "Print a summary of what was written to a file as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...10_000_000).contains(depth) else {
            throw ValidationError("--depth \(depth): give 1 to 10000000")
        }
        if let interpolate, !(0...1).contains(interpolate) {
            throw ValidationError("--interpolate \(interpolate): give 0 to 1")
        }
        guard interpolateNormalization == nil || interpolate != nil else {
            throw ValidationError("--interpolate-normalization goes with --interpolate W")
        }
        if let k, k < 1 { throw ValidationError("-k \(k): give 1 or more") }
        guard !json || output != "-" else { throw ValidationError("--json needs -o FILE") }
        guard source != "-" || queries != "-" else { throw ValidationError("standard input can be read only once") }
    }

    func run() throws {
        let first: Run
        let scorer: any Retriever
        if let model = retrieval.model, !FileManager.default.fileExists(atPath: model) {
            throw FileError.notFound(path: model)
        }
        if let model = retrieval.model, CrossEncoderFolder.isPresent(at: model) {
            try requireNoRanking()
            let encoder = try CrossEncoderFolder.read(model, threads: common.threadCount)
            first = try RunReader.read(source)
            scorer = CrossEncoderRetriever(
                encoder: encoder, documents: try texts(of: first), threads: common.threadCount)
        } else {
            guard corpus == nil else {
                let found = retrieval.model.map { "; \($0) is none" } ?? ""
                throw UsageProblem("--corpus goes with --model DIR, a cross-encoder\(found)")
            }
            guard let retriever else {
                throw UsageProblem("give a retriever (an index or vectors), or --model DIR, a cross-encoder")
            }
            scorer = try retrieval.open(retriever, threads: common.threadCount).retriever
            first = try RunReader.read(source)
        }
        try AtomicFile.write(path: output) { file in
            let (result, summary) = try reranked(first, by: scorer)
            try outputFormat.write(result, k: k, to: file)
            if json { Console.output(try StableJSON.text(summary), terminator: "") }
            common.say(summary.text(queries))
        }
    }

    /// Refuses the options of a retriever's ranking beside a cross-encoder.
    private func requireNoRanking() throws {
        var others = retrieval
        others.model = nil
        try others.requireNone(beside: "a cross-encoder")
    }

    /// The texts that a cross-encoder reads.
    private func texts(of run: Run) throws -> any DocumentStore {
        if let corpus {
            guard retriever == nil else {
                throw UsageProblem("give --corpus or an index with the texts, not both")
            }
            let wanted = Set(run.rankings.lazy.flatMap { $0.documents.prefix(depth).lazy.map(\.id) })
            return try CorpusTexts(path: corpus, keeping: wanted)
        }
        guard let retriever else {
            throw UsageProblem("a cross-encoder reads texts: give --corpus CORPUS or an index that stores them")
        }
        try FolderKind.lexicalIndex.require(at: retriever)
        let reader = try IndexReader(path: retriever)
        guard reader.summary.storesText else {
            throw UsageProblem("\(retriever) stores no texts for the cross-encoder: give --corpus CORPUS")
        }
        return reader
    }

    private func reranked(_ first: Run, by scorer: any Retriever) throws -> (Run, RerankingSummary) {
        let wanted = Set(first.rankings.map(\.queryID))
        var asked: [QueryID: Query] = [:]
        try QueryReader.read(queries) { for query in $0 where wanted.contains(query.id) { asked[query.id] = query } }
        if asked.isEmpty {
            throw InputErrors(
                InputError(
                    source: queries, problem: "none of its queries is in \(source)", remedy: "give the run's queries"))
        }
        let reranker = Reranker(
            scorer: scorer, depth: depth,
            interpolation: interpolate.map { .init(weight: $0, normalization: interpolateNormalization ?? .minMax) })
        var summary = RerankingSummary(retriever: scorer.name)
        var result = Run(name: tag ?? scorer.name)
        let total = first.rankings.lazy.filter { asked[$0.queryID] != nil }.reduce(0) {
            $0 + min($1.documents.count, depth)
        }
        let progress = ProgressLine("reranking", unit: "documents", total: total, quiet: common.quiet)
        for ranking in first.rankings {
            guard let query = asked[ranking.queryID] else {
                summary.queriesWithoutText += 1
                result.rankings.append(ranking)
                continue
            }
            let answer = try reranker.reranked(ranking, for: query)
            summary.queries += 1
            summary.scored += answer.scored
            summary.unknown += answer.unknown
            result.rankings.append(answer.ranking)
            progress.update(summary.scored + summary.unknown)
        }
        progress.finish()
        if summary.scored == 0 {
            throw InputErrors(
                InputError(
                    source: corpus ?? retriever ?? "", problem: "holds none of the documents of \(source)",
                    remedy: corpus == nil ? "give an index or vectors of the run's corpus" : "give the run's corpus"))
        }
        return (result, summary)
    }
}

/// What was ranked again, and what was not.
private struct RerankingSummary: Encodable {
    var retriever: String
    /// Queries whose documents were ranked again.
    var queries = 0
    /// Queries of the run that the file of queries lacks; their rankings stay as they are.
    var queriesWithoutText = 0
    /// Documents that got a new score.
    var scored = 0
    /// Documents among the first that the retriever does not know.
    var unknown = 0

    func text(_ file: String) -> String {
        var parts = ["ranked \(scored) documents of \(queries) queries by \(retriever)"]
        if unknown > 0 { parts.append("\(unknown) that it does not know stand below") }
        if queriesWithoutText > 0 {
            parts.append("\(queriesWithoutText) queries of the run are not in \(file) and stay as they are")
        }
        return parts.joined(separator: "; ")
    }
}
