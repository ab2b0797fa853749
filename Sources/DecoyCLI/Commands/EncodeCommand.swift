import ArgumentParser
import Decoy
import DurableStorage

/// `decoy encode`: makes the vectors of a corpus.
struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Encode a corpus into vectors that decoy search reads.",
        discussion: """
            EXAMPLES
              decoy encode scifact.model scifact -o scifact.vectors
              decoy search scifact.vectors --model scifact.model "aspirin and stroke"
            """)

    @Argument(help: "A model folder.")
    var model: String

    @Argument(
        help: ArgumentHelp(
            "What to encode: a dataset, a corpus file, a folder of text files, or -.", valueName: "corpus"))
    var corpus: String

    @Option(name: [.short, .long], help: ArgumentHelp("The vector folder to write.", valueName: "vectors"))
    var output: String

    @Option(help: "The form of the input: \(CorpusFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: CorpusFormat = .auto

    @Flag(name: [.short, .long], help: "Replace the vectors if they are there.")
    var force = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try OutputFolder.vectors.check(output, replace: force)
        try FolderKind.model.require(at: model)
        let encoder = try Checkpoint.read(model).model
        let writer = try VectorIndexWriter(
            path: output, model: encoder, program: DecoyVersion.current, overwrite: force)
        let progress = ProgressLine("encoding", unit: "documents", quiet: common.quiet)
        try CorpusReader.read(corpus, format: format) { batch in
            try writer.add(batch, threads: common.threadCount)
            progress.update(writer.count)
        }
        let record = try writer.finish()
        progress.finish()
        common.say(
            "encoded \(record.rows) documents into \(record.dimension) dimensions in \(ProgressLine.duration(progress.elapsed))"
        )
    }
}
