import ArgumentParser
import Decoy
import DurableStorage

/// The options that decide how an index, vectors or both answer queries.
struct RetrieverOptions: ParsableArguments {
    @Option(help: "The form of BM25: lucene, robertson, atire, bm25+, bm25l or lucene-1byte.")
    var similarity: BM25Variant = .lucene

    @Option(help: "BM25's saturation of term frequency.")
    var k1 = 1.2

    @Option(help: "BM25's length normalisation, 0 to 1.")
    var b = 0.75

    @Option(help: "The delta of bm25+ (1 unless said) and bm25l (0.5 unless said).")
    var delta: Double?

    @Option(
        help: ArgumentHelp(
            "Rank the best documents again by BM25 plus so many times the nearness of the query's words (0.5 to 1 is usual; needs index --positions).",
            valueName: "weight"))
    var proximity = 0.0

    @Option(
        help: ArgumentHelp("How many documents of a query --proximity ranks again. (default: 1000)", valueName: "n"))
    var proximityDepth: Int?

    @Option(
        help: ArgumentHelp(
            "What an occurrence in each field counts (BM25F); 0 in fields that are left out. The index's own unless said.",
            valueName: "title=2,text=1"),
        transform: FieldWeights.argument)
    var fields: FieldWeights?

    @Option(help: ArgumentHelp("Vectors to search beside the index (hybrid).", valueName: "vectors"))
    var dense: String?

    @Option(help: ArgumentHelp("The model that made the vectors; it encodes the queries.", valueName: "model"))
    var model: String?

    @Option(help: "How a hybrid joins both: rrf or weighted.")
    var fuse: FusionKind = .weighted

    @Option(help: "The weight of the cosine beside BM25/maximum in a weighted hybrid.")
    var denseWeight = 1.0

    func validate() throws {
        guard k1.isFinite, k1 >= 0 else { throw ValidationError("--k1 \(k1): give 0 or more") }
        if let delta {
            guard delta.isFinite, delta >= 0 else { throw ValidationError("--delta \(delta): give 0 or more") }
            guard similarity.defaultDelta > 0 else {
                throw ValidationError(
                    "--delta has no meaning for \(similarity.rawValue); it goes with --similarity bm25+ or bm25l")
            }
        }
        guard (0...1).contains(b) else { throw ValidationError("--b \(b): give 0 to 1") }
        guard (0...1e9).contains(proximity) else { throw ValidationError("--proximity \(proximity): give 0 to 1e9") }
        if let proximityDepth {
            guard proximityDepth >= 1 else {
                throw ValidationError("--proximity-depth \(proximityDepth): give 1 or more")
            }
            guard proximity > 0 else { throw ValidationError("--proximity-depth goes with --proximity WEIGHT") }
        }
        guard denseWeight.isFinite, denseWeight >= 0 else {
            throw ValidationError("--dense-weight \(denseWeight): give 0 or more")
        }
    }

    /// A retriever with the documents' text, where it has one.
    struct Opened {
        var retriever: any Retriever
        var documents: (any DocumentStore)?
    }

    /// Opens what the user named; `phrases` says whether quotes in a text make phrases, once the index is known.
    func open(_ path: String, threads: Int, phrases: (IndexReader?) throws -> Bool = { _ in false }) throws -> Opened {
        switch try FolderKind(of: path) {
        case .lexicalIndex:
            let reader = try IndexReader(path: path)
            var searcher = try Searcher(
                reader: reader, similarity: BM25(similarity, k1: k1, b: b, delta: delta), threads: threads,
                fields: fields)
            searcher.phrases = try phrases(dense == nil ? reader : nil)
            let lexical = try rescored(searcher)
            guard let dense else { return Opened(retriever: lexical, documents: searcher) }
            let hybrid = HybridRetriever(
                lexical: lexical, dense: try openVectors(dense, threads: threads),
                fusion: fuse == .rrf ? .rrf : .weighted(weight: denseWeight))
            return Opened(retriever: hybrid, documents: searcher)
        case .vectors:
            if proximity > 0 { throw UsageProblem("--proximity needs a lexical index; \(path) is a vector folder") }
            _ = try phrases(nil)
            if fields != nil {
                throw UsageProblem("--fields weighs the fields of a lexical index; \(path) holds vectors")
            }
            return Opened(retriever: try openVectors(path, threads: threads), documents: nil)
        case .model:
            throw UsageProblem(
                "\(path) is a model; search needs an index or vectors (decoy encode makes vectors of a model)")
        }
    }

    /// The searcher, behind the proximity stage where that is wanted.
    private func rescored(_ searcher: Searcher) throws -> any Retriever {
        if proximity == 0 { return searcher }
        guard searcher.reader.summary.storesPositions else {
            throw UsageProblem("--proximity: \(searcher.reader.path) \(Self.positionsRemedy)")
        }
        return try ProximityRetriever(searcher, weight: proximity, depth: proximityDepth ?? 1000)
    }

    /// What to say of an index where positions are needed.
    static let positionsRemedy = "holds no token positions; build it again with decoy index --positions"

    private func openVectors(_ path: String, threads: Int) throws -> DenseRetriever {
        guard let model else { throw UsageProblem("searching vectors needs --model, the model that made them") }
        try FolderKind.model.require(at: model)
        try FolderKind.vectors.require(at: path)
        let encoder = try Checkpoint.read(model).model
        let index = try FlatVectorIndex(path: path)
        do {
            return try DenseRetriever(model: encoder, index: index, threads: threads)
        } catch StorageError.incompatible(_, let reason, let remedy) {
            throw StorageError.incompatible(file: path, reason: reason, remedy: remedy)
        }
    }
}

/// The ways of joining a lexical and a dense ranking.
enum FusionKind: String, CaseIterable, ExpressibleByArgument {
    case rrf, weighted
}

extension BM25Variant: ExpressibleByArgument {}

extension FieldWeights {
    /// Reads the value of an option; what is wrong with it becomes the message.
    static func argument(_ text: String) throws -> FieldWeights {
        do {
            return try FieldWeights(parsing: text)
        } catch let error as FieldError {
            throw ValidationError("\(error)")
        }
    }
}
