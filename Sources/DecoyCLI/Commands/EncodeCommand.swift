import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy encode`: makes the vectors of a corpus, or adds to those that are there.
struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Encode a corpus into vectors, or add documents to them.",
        discussion: """
            --precision f16 halves the size. i8 needs three quarters of it and is searched several times as fast: bytes
            choose candidates among all documents, 16-bit floats rank them.

            --index hnsw adds a graph along which many vectors are searched approximately, in a small part of the time;
            decoy search --exact looks at all of them, and decoy inspect says how much of that the graph finds. A change
            builds the graph anew.

            A change is made whole or not at all, and its bytes are those of encoding all documents at once.

            With --shard I/N only the documents of part I of N get vectors; decoy run merge joins the runs of exact searches.
            With --force a task may be run twice.

            EXAMPLES
              decoy encode scifact.model scifact -o scifact.vectors
              decoy search scifact.vectors --model scifact.model "aspirin and stroke"
              decoy encode scifact.model scifact -o small.vectors --precision i8 --dimension 128
              decoy encode all-MiniLM-L6-v2 scifact -o scifact.vectors --encoder-precision bf16
              decoy encode scifact.model scifact -o large.vectors --index hnsw --precision f16
              decoy encode scifact.model new.jsonl -o scifact.vectors --append
              decoy encode scifact.model changed.jsonl -o scifact.vectors --update
              decoy encode scifact.model wiki.jsonl -o wiki.0.vectors --shard 0/16
              decoy encode scifact.model scifact -o scifact.vectors --export-npy scifact.npy
            """.flowing)

    @Argument(
        help: "A model folder, of decoy or of sentence-transformers (a static encoder or a transformer).",
        completion: .directory)
    var model: String

    @Argument(
        help: ArgumentHelp(
            "What to encode: a dataset, a corpus file, a folder of text files, or -.", valueName: "corpus"),
        completion: .file())
    var corpus: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The vector folder to write.", valueName: "vectors"),
        completion: .directory)
    var output: String

    @Option(
        help: ArgumentHelp(
            "How numbers are kept. (default: f32)")
    )
    var precision: VectorPrecision?

    @Option(
        help:
            "Products of a transformer; bf16 is faster where the processor has it. A change takes that of the vectors. (default: f32)"
    )
    var encoderPrecision: ProductPrecision?

    @Option(
        help: ArgumentHelp(
            "Keep the first numbers of each vector alone, for models trained with Matryoshka dimensions; queries are cut the same way.",
            valueName: "length"))
    var dimension: Int?

    @Option(help: "What is searched: flat (all vectors) or hnsw (a graph). (default: flat)")
    var index: VectorIndexKind?

    @Option(
        help: ArgumentHelp(
            "The links of a vector in the graph; more find more and need more room. (default: 16)", valueName: "count"))
    var graphLinks: Int?

    @Option(
        help: ArgumentHelp(
            "How many vectors are in sight while the graph is built; more find more and take longer. (default: 200)",
            valueName: "count"))
    var buildBreadth: Int?

    @Flag(help: "Add the documents to the vectors that are there; an id that they hold is an error.")
    var append = false

    @Flag(help: "Add the documents to the vectors that are there; each takes the place of the one of its id.")
    var update = false

    @Option(
        help: ArgumentHelp(
            "Write all vectors as a NumPy array too: 32-bit floats, a row a document.", valueName: "file"),
        completion: .file())
    var exportNpy: String?

    @Option(help: "The form of the input.")
    var format: CorpusFormat = .auto

    @Option(help: ShardArgument.help)
    var shard: ShardArgument?

    @Flag(name: [.short, .long], help: "Replace the vectors if they are there.")
    var force = false

    @OptionGroup var common: CommonOptions

    private var isChange: Bool { append || update }

    func validate() throws {
        if append && update { throw ValidationError("give --append or --update, not both") }
        if isChange, force { throw ValidationError("--force replaces all vectors; it goes with no change of them") }
        if let dimension, dimension < 1 { throw ValidationError("--dimension \(dimension): give 1 or more") }
        if isChange, encoderPrecision != nil {
            throw ValidationError("--encoder-precision: the vectors that are there say what it is")
        }
        if isChange, precision != nil || dimension != nil || index != nil || graphLinks != nil || buildBreadth != nil {
            throw ValidationError(
                "--precision, --dimension, --index, --graph-links, --build-breadth: the vectors that are there say what they are"
            )
        }
        guard index == .hnsw || (graphLinks == nil && buildBreadth == nil) else {
            throw ValidationError("--graph-links and --build-breadth go with --index hnsw")
        }
        if index == .hnsw, precision == .i8 {
            throw ValidationError("--index hnsw does not read the bytes of --precision i8: choose f16 or f32")
        }
        for (name, value, range) in [
            ("--graph-links", graphLinks, GraphRecord.linkRange),
            ("--build-breadth", buildBreadth, GraphRecord.breadthRange),
        ] {
            if let value, !range.contains(value) {
                throw ValidationError("\(name) \(value): give \(range.lowerBound) to \(range.upperBound)")
            }
        }
    }

    func run() throws {
        if isChange {
            try FolderKind.vectors.require(at: output)
        } else {
            try OutputFolder.vectors.check(output, replace: force)
        }
        try FolderKind.model.require(at: model)
        guard let exportNpy else { return try encode() }
        let folder = URL(fileURLWithPath: output).standardizedFileURL.path
        guard !URL(fileURLWithPath: exportNpy).standardizedFileURL.path.hasPrefix(folder + "/") else {
            throw UsageProblem("--export-npy \(exportNpy): choose a place outside of \(output), which is written whole")
        }
        try AtomicFile.write(path: exportNpy) { file in
            try encode()
            try FlatVectorIndex(path: output).writeNumPy(to: file)
        }
    }

    private func encode() throws {
        var encoder = try Checkpoint.read(model, threads: common.threadCount).model
        if let encoderPrecision {
            guard !encoder.documentEncoder.isTable else {
                throw UsageProblem("--encoder-precision is for transformers, and \(model) is a table; leave it out")
            }
            encoder = try encoder.configured(precision: encoderPrecision)
        }
        let writer = try writer(encoder)
        let progress = ProgressLine("encoding", unit: "documents", quiet: common.quiet)
        try CorpusReader.read(corpus, format: format) { batch in
            try writer.add(batch, threads: common.threadCount)
            progress.update(writer.count)
        }
        progress.finish()
        let linking = ProgressLine("building the graph", unit: "vectors", quiet: common.quiet)
        let record = try writer.finish { linking.update($0) }
        if record.graph != nil { linking.finish() }
        let size = ByteSize(bytes: record.files.values.reduce(0) { $0 + $1.bytes })
        let graph = record.graph.map { " with a graph of \($0.links) links" } ?? ""
        let done =
            isChange
            ? "added \(writer.count - writer.replacedCount) documents, replaced \(writer.replacedCount)"
            : "encoded \(writer.count) documents"
        common.say(
            """
            \(done) in \(ProgressLine.duration(progress.elapsed)); \(output) has \(record.rows) vectors of \
            \(record.dimension) dimensions in \(record.precision.rawValue)\(graph), \(size)
            """)
    }

    private func writer(_ encoder: DualEncoder) throws -> VectorIndexWriter {
        if isChange {
            return try VectorIndexWriter(
                opening: output, change: update ? .update : .append, model: encoder, program: DecoyVersion.current,
                shard: try shard?.resolved())
        }
        if let dimension, dimension > encoder.dimension {
            throw UsageProblem("--dimension \(dimension): the vectors of \(model) have \(encoder.dimension)")
        }
        let precision = precision ?? .f32
        guard dimension ?? encoder.dimension <= precision.mostDimensions else {
            throw UsageProblem("--precision \(precision.rawValue) keeps at most \(precision.mostDimensions) dimensions")
        }
        return try VectorIndexWriter(
            path: output, model: encoder, program: DecoyVersion.current, overwrite: force, precision: precision,
            dimension: dimension,
            graph: index == .hnsw ? GraphRecord(links: graphLinks ?? 16, buildBreadth: buildBreadth ?? 200) : nil,
            shard: try shard?.resolved())
    }
}

/// What stored vectors are searched along.
enum VectorIndexKind: String, CaseIterable, ExpressibleByArgument {
    case flat, hnsw
}

extension VectorPrecision: ExpressibleByArgument {}
