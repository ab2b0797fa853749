import ArgumentParser
import Decoy
import DurableStorage

/// What training starts from: the vocabulary and the table.
struct StartFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What training starts from: static (a new table), a table that is there (a model of decoy, a StaticEmbedding folder of sentence-transformers, of model2vec or wordllama, or a .safetensors file beside --tokenizer), or a transformer (a folder of sentence-transformers or Hugging Face: BERT, MiniLM, DistilBERT, RoBERTa, XLM-R, MPNet).",
            valueName: "static|folder|file"),
        completion: .file())
    var encoder = "static"

    @Option(
        help: ArgumentHelp(
            "Take the vocabulary from a tokenizer.json, a vocab.txt or a folder with one instead of learning it.",
            valueName: "file"), completion: .file())
    var tokenizer: String?

    @Option(
        help:
            "The lengths of the rows of --encoder, which are the weights of their tokens: table (as they are) or idf (of the corpus)."
    )
    var rowLengths: RowLengths = .table

    @Option(
        name: .customLong("start"),
        help:
            "The rows of a new table: corpus (tokens that stand among the same tokens in the documents start alike) or random. (default: corpus)"
    )
    var rows: RowStart?

    @Flag(
        help:
            "Start from a new table with the vocabulary of the transformer at --encoder and what it makes of each token alone, in place of vectors of the corpus."
    )
    var distill = false

    @Option(
        help: ArgumentHelp(
            "Rows of a new table start from vectors of words, as GloVe, word2vec and fastText write them; dimensions beyond theirs start at random.",
            valueName: "file"), completion: .file())
    var wordVectors: String?

    /// Whether training starts from a transformer; throws where there is no folder, before other options are held against what it is.
    func isTransformer() throws -> Bool {
        if encoder == "static" || encoder.hasSuffix(".safetensors") { return false }
        _ = try FileSystemDirectory(path: encoder)
        return !distill && TransformerFolder.isPresent(at: encoder)
    }

    /// The name of what training starts from, as records and cards say it; nil for random rows.
    var name: String? {
        if let wordVectors { return wordVectors.split(separator: "/").last.map(String.init) ?? wordVectors }
        if encoder == "static" { return rows == .random ? nil : "vectors of the corpus" }
        let name = encoder.split(separator: "/").last.map(String.init) ?? encoder
        if distill { return "a table distilled from " + name }
        return rowLengths == .idf ? name + ", lengths by idf" : name
    }

    /// What tells this start from another: the options, with the checksums of the files that they name.
    func fingerprint() throws -> String {
        func checksum(_ path: String) throws -> String {
            let names = (try? FileSystemDirectory(path: path).list())?.sorted()
            if let names {
                return try names.map { try $0 + ":" + checksum(path + "/" + $0) }.joined(separator: ",")
            }
            let file = try MappedFile(path: path)
            return String(file.withUnsafeBytes { CRC32C.checksum($0) }, radix: 16)
        }
        let files = try [encoder == "static" ? nil : encoder, tokenizer, wordVectors].map {
            try $0.map(checksum) ?? "none"
        }
        return
            ([
                encoder == "static" ? "static" : distill ? "distilled" : "table", rowLengths.rawValue,
                rows?.rawValue ?? "corpus",
            ] + files)
            .joined(separator: " ")
    }

    func validate() throws {
        guard !distill || (encoder != "static" && tokenizer == nil && rowLengths == .table) else {
            throw ValidationError(
                "--distill makes a table of a transformer; add --encoder with its folder, without --tokenizer and --row-lengths"
            )
        }
        guard encoder == "static" || rows == nil else {
            throw ValidationError("--start is for a new table; --encoder \(encoder) has rows of its own")
        }
        guard wordVectors == nil || (encoder == "static" && rows == nil) else {
            throw ValidationError(
                "--word-vectors, --encoder and --start all say what rows start from; give one of them")
        }
    }

    /// Reads the start; `learn` makes a vocabulary where none is given.
    ///
    /// A transformer is cut and prompted as `transformer` says. Vectors of the corpus get their share of the rows by the number of training pairs. Sets the options' dimension to that of a table that is there, unless a lesser one was asked for: the first columns are kept then.
    func start(
        options: inout TrainingOptions, dimension: Int?, transformer: TransformerFlags, documents: [Document],
        pairs: Int, say: (String) -> Void, learn: () -> SubwordPipeline
    ) throws -> TrainingStart {
        let given = try tokenizer.map { try TokenizerFolder.read(path: $0) }
        guard encoder != "static" else {
            if rowLengths == .idf {
                throw UsageProblem("--row-lengths idf: needs --encoder; new rows have the idf's lengths")
            }
            let tokenizer = given ?? learn()
            if let wordVectors {
                let vectors = try WordVectorReader.read(wordVectors, words: StaticEncoder.words(of: tokenizer))
                say(
                    "\(vectors.vectors.count) of \(tokenizer.vocabularySize) subwords start from \(vectors.wordCount) word vectors"
                )
                return .words(tokenizer, vectors)
            }
            if rows == .random { return .random(tokenizer) }
            let vectors = CooccurrenceVectors(
                documents, tokenizer: tokenizer,
                dimension: StaticEncoder.cooccurrenceColumns(dimension: options.dimension), threads: options.threads)
            return .corpus(tokenizer, vectors, share: StaticEncoder.cooccurrenceShare(pairs: pairs))
        }
        if distill {
            return .distilled(try distilled(options.threads), share: StaticEncoder.cooccurrenceShare(pairs: pairs))
        }
        let isTransformer = try isTransformer()
        var model = try self.model(isTransformer ? nil : given, threads: options.threads)
        if model.towers == .separate, options.towers == .shared {
            throw UsageProblem("--encoder \(encoder) has a tower each for queries and documents; add --towers separate")
        }
        if isTransformer {
            let tables = [
                ("--dimension", dimension.map { $0 != model.dimension } ?? false),
                ("--row-lengths", rowLengths == .idf),
                ("--tokenizer", tokenizer != nil),
            ]
            if let (name, _) = tables.first(where: \.1) {
                throw UsageProblem("\(name) is for tables, and --encoder \(encoder) is a transformer; leave it out")
            }
        }
        if let dimension, dimension != model.dimension {
            guard dimension < model.dimension else {
                throw UsageProblem(
                    "--dimension \(dimension): the table of --encoder \(encoder) has \(model.dimension); give that or less, or leave it out"
                )
            }
            model = try model.truncated(to: dimension)
        }
        options.dimension = model.dimension
        if isTransformer { return .given(try transformer.applied(to: model), .table) }
        return .given(try model.rescaledForTraining(), rowLengths)
    }

    private func distilled(_ threads: Int) throws -> DistilledVectors {
        guard case .transformer(let transformer) = try Checkpoint.read(encoder, threads: threads).model.documentEncoder
        else { throw UsageProblem("--distill: \(encoder) is a table already; leave --distill out") }
        return DistilledVectors(transformer, threads: threads)
    }

    private func model(_ tokenizer: SubwordPipeline?, threads: Int) throws -> DualEncoder {
        if encoder.hasSuffix(".safetensors"), tokenizer == nil {
            throw UsageProblem(
                "--encoder \(encoder): a table alone has no tokenizer; add --tokenizer, the one it was made with")
        }
        guard let tokenizer else { return try Checkpoint.read(encoder, threads: threads).model }
        return DualEncoder(shared: try StaticFolder.read(encoder, tokenizer: tokenizer, threads: threads))
    }
}

/// What the rows of a new table start from.
enum RowStart: String, CaseIterable, ExpressibleByArgument {
    case corpus, random
}

extension RowLengths: ExpressibleByArgument {}
