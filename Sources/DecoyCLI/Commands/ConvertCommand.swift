import ArgumentParser
import Decoy
import DurableStorage

/// `decoy convert`: makes a dataset folder of a corpus in any form.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Make a dataset folder of a corpus in any form.",
        discussion: """
            CORPUS is what decoy index reads. The dataset (BEIR layout: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv) is what decoy train and
            decoy experiment read. Queries and judgements come from files, or, where there are none, from titles: each title becomes a
            query that the text below it answers, and the title is taken out of the document. Then the queries are divided into train,
            dev and test by a hash of their text.

            EXAMPLES
              decoy convert notes/ -o notes.dataset --title-queries
              decoy convert docs.trec -o my.dataset --queries topics.tsv --qrels train=train.qrels --qrels test=test.qrels
              decoy train notes.dataset -o notes.model
            """.flowing)

    @Argument(help: ArgumentHelp("The documents.", valueName: "corpus"), completion: .file())
    var corpus: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The dataset folder to write.", valueName: "dataset"),
        completion: .directory)
    var output: String

    @Option(help: "The form of the input.")
    var format: CorpusFormat = .auto

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(help: ArgumentHelp("The judgements of a split (BEIR or TREC); may be repeated.", valueName: "split=file"))
    var qrels: [String] = []

    @Flag(help: "Make queries of the documents' titles.")
    var titleQueries = false

    @Option(help: "The share of title queries that become the split dev.")
    var devShare = 0.1

    @Option(help: "The share of title queries that become the split test.")
    var testShare = 0.1

    @Option(help: "What divides title queries into splits.")
    var seed: UInt64 = 1

    @Flag(name: [.short, .long], help: "Replace the dataset if it is there.")
    var force = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !titleQueries || (queries == nil && qrels.isEmpty) else {
            throw ValidationError("give --title-queries, or --queries and --qrels")
        }
        guard qrels.isEmpty || queries != nil else { throw ValidationError("--qrels goes with --queries FILE") }
        for share in [devShare, testShare, devShare + testShare] where !(0...1).contains(share) {
            throw ValidationError("--dev-share and --test-share: give shares from 0 to 1 that do not sum to more")
        }
    }

    func run() throws {
        try OutputFolder.dataset.check(output, replace: force)
        let judged = try qrels.map(Self.split)
        let titles = try FolderReplacement.write(path: output, overwrite: force) { folder in
            let titles = try writeCorpus(to: folder)
            if titleQueries {
                try write(titles.queries, titles.judgements, to: folder)
            } else if let queries {
                var judgements: [String: Qrels] = [:]
                for (split, file) in judged { judgements[split] = try QrelsReader.read(file) }
                try write(try QueryReader.read(queries), judgements, to: folder)
            }
            return titles
        }
        guard titleQueries else { return }
        let sizes = ["train", "dev", "test"].map { "\(titles.judgements[$0]?.queryIDs.count ?? 0) \($0)" }
        common.say("\(titles.queries.count) titles became queries: " + sizes.joined(separator: ", "))
        if titles.queries.isEmpty { common.say("no document has both a title and a text") }
    }

    private func writeCorpus(to folder: FileSystemDirectory) throws -> TitleQueries {
        var titles = TitleQueries(devShare: devShare, testShare: testShare, seed: seed)
        var count = 0
        let progress = ProgressLine("converting", unit: "documents", quiet: common.quiet)
        try AtomicFile.write(path: folder.path + "/corpus.jsonl") { file in
            try CorpusReader.read(corpus, format: format) { batch in
                for document in batch {
                    try file.write((titleQueries ? titles.take(document) : document).jsonLine())
                }
                count += batch.count
                progress.update(count)
            }
        }
        progress.finish()
        common.say("\(count) documents")
        return titles
    }

    private func write(
        _ queries: [Query], _ judgements: [String: Qrels], to folder: FileSystemDirectory
    ) throws {
        try AtomicFile.write(path: folder.path + "/queries.jsonl") { file in
            for query in queries { try file.write(query.jsonLine()) }
        }
        if judgements.isEmpty { return }
        let path = try FileSystemDirectory(path: folder.path + "/qrels", create: true).path
        for (split, qrels) in judgements {
            try AtomicFile.write(path: path + "/\(split).tsv") { try $0.write(qrels.beirLines()) }
        }
    }

    /// The two sides of `split=file`.
    private static func split(_ text: String) throws -> (name: String, file: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
            throw UsageProblem("--qrels \(text): give the name of a split and its file, such as train=train.qrels")
        }
        return (parts[0], parts[1])
    }
}
