import ArgumentParser
import Decoy
import DurableStorage

/// The options that decide how an index, vectors or both answer queries.
struct RetrieverOptions: ParsableArguments {
    @Option(help: "The form of BM25: lucene (unless said), robertson, atire, bm25+, bm25l or lucene-1byte.")
    var similarity: BM25Variant?

    @Option(help: "BM25's saturation of term frequency; 1.2 unless said.")
    var k1: Double?

    @Option(help: "BM25's length normalisation, 0 to 1; 0.75 unless said.")
    var b: Double?

    @Option(help: "The delta of bm25+ (1 unless said) and bm25l (0.5 unless said).")
    var delta: Double?

    @Option(
        help: ArgumentHelp(
            "Take BM25's parameters from a file of decoy tune; options given by hand win.", valueName: "file"))
    var tuned: String?

    @Option(help: ArgumentHelp("Vectors to search beside the index (hybrid).", valueName: "vectors"))
    var dense: String?

    @Option(help: ArgumentHelp("The model that made the vectors; it encodes the queries.", valueName: "model"))
    var model: String?

    @Option(help: "How a hybrid joins both: rrf or weighted.")
    var fuse: FusionKind = .weighted

    @Option(help: "The weight of the cosine beside BM25/maximum in a weighted hybrid.")
    var denseWeight = 1.0

    func validate() throws {
        if let k1, !(k1.isFinite && k1 >= 0) { throw ValidationError("--k1 \(k1): give 0 or more") }
        if let delta, !(delta.isFinite && delta >= 0) { throw ValidationError("--delta \(delta): give 0 or more") }
        if let b, !(0...1).contains(b) { throw ValidationError("--b \(b): give 0 to 1") }
        if tuned == nil { try checkDelta(with: similarity ?? .lucene) }
        guard denseWeight.isFinite, denseWeight >= 0 else {
            throw ValidationError("--dense-weight \(denseWeight): give 0 or more")
        }
    }

    /// BM25 with what was given by hand, then what was tuned, then the defaults.
    func bm25() throws -> BM25 {
        let base = try tuned.map(TunedParameters.similarity(path:)) ?? BM25()
        let variant = similarity ?? base.variant
        try checkDelta(with: variant)
        return BM25(
            variant, k1: k1 ?? base.k1, b: b ?? base.b, delta: delta ?? (variant == base.variant ? base.delta : nil))
    }

    private func checkDelta(with variant: BM25Variant) throws {
        if delta != nil, variant.defaultDelta == 0 {
            throw ValidationError(
                "--delta has no meaning for \(variant.rawValue); it goes with --similarity bm25+ or bm25l")
        }
    }

    /// A retriever with the documents' text, where it has one.
    struct Opened {
        var retriever: any Retriever
        var documents: (any DocumentStore)?
    }

    /// Opens what the user named.
    func open(_ path: String, threads: Int) throws -> Opened {
        switch try FolderKind(of: path) {
        case .lexicalIndex:
            let searcher = try Searcher(
                reader: IndexReader(path: path), similarity: bm25(), threads: threads)
            guard let dense else { return Opened(retriever: searcher, documents: searcher) }
            let hybrid = HybridRetriever(
                lexical: searcher, dense: try openVectors(dense, threads: threads),
                fusion: fuse == .rrf ? .rrf : .weighted(weight: denseWeight))
            return Opened(retriever: hybrid, documents: searcher)
        case .vectors:
            if tuned != nil { throw UsageProblem("--tuned holds parameters of BM25; \(path) is a folder of vectors") }
            return Opened(retriever: try openVectors(path, threads: threads), documents: nil)
        case .model:
            throw UsageProblem(
                "\(path) is a model; search needs an index or vectors (decoy encode makes vectors of a model)")
        }
    }

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
