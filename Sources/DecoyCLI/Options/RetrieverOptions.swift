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

    @Option(
        help: ArgumentHelp(
            "Only documents whose metadata fulfil a condition, such as 'year >= 2020 and lang = de'.",
            valueName: "expression"))
    var filter: String?

    @Flag(help: "Expand each query by terms of the documents that it finds first (RM3), and search again.")
    var rm3 = false

    @Option(name: .customLong("rm3-documents"), help: "How many documents --rm3 looks at. (default: 10)")
    var rm3Documents: Int?

    @Option(name: .customLong("rm3-terms"), help: "How many terms --rm3 takes from them. (default: 10)")
    var rm3Terms: Int?

    @Option(name: .customLong("rm3-weight"), help: "The weight of the original query in --rm3, 0 to 1. (default: 0.5)")
    var rm3Weight: Double?

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
        guard rm3 || (rm3Documents == nil && rm3Terms == nil && rm3Weight == nil) else {
            throw ValidationError("--rm3-documents, --rm3-terms and --rm3-weight go with --rm3")
        }
        guard (1...1000).contains(expansion.documents) else {
            throw ValidationError("--rm3-documents \(expansion.documents): give 1 to 1000")
        }
        guard (1...1000).contains(expansion.terms) else {
            throw ValidationError("--rm3-terms \(expansion.terms): give 1 to 1000")
        }
        guard (0...1).contains(expansion.weight) else {
            throw ValidationError("--rm3-weight \(expansion.weight): give 0 to 1")
        }
        if let filter {
            guard dense == nil else {
                throw ValidationError("--filter works on a lexical index alone: leave out --dense or --filter")
            }
            do { _ = try MetadataFilter(filter) } catch { throw ValidationError("\(error)") }
        }
        guard (0...1e9).contains(proximity) else { throw ValidationError("--proximity \(proximity): give 0 to 1e9") }
        if let proximityDepth {
            guard proximityDepth >= 1 else {
                throw ValidationError("--proximity-depth \(proximityDepth): give 1 or more")
            }
            guard proximity > 0 else { throw ValidationError("--proximity-depth goes with --proximity WEIGHT") }
        }
        guard !rm3 || proximity == 0 else { throw ValidationError("give --rm3 or --proximity, not both") }
        guard denseWeight.isFinite, denseWeight >= 0 else {
            throw ValidationError("--dense-weight \(denseWeight): give 0 or more")
        }
    }

    private var expansion: RM3 {
        RM3(documents: rm3Documents ?? 10, terms: rm3Terms ?? 10, weight: rm3Weight ?? 0.5)
    }

    /// The searcher itself, or with the stage that is asked for: feedback before it or proximity behind it.
    private func lexical(_ searcher: Searcher, feedback: Searcher? = nil) throws -> any Retriever {
        if rm3 { return try FeedbackRetriever(searcher, model: expansion, feedback: feedback) }
        if proximity == 0 { return searcher }
        guard searcher.reader.summary.storesPositions else {
            throw UsageProblem("--proximity: \(searcher.reader.path) \(Self.positionsRemedy)")
        }
        return try ProximityRetriever(searcher, weight: proximity, depth: proximityDepth ?? 1000)
    }

    /// What to say of an index where positions are needed.
    static let positionsRemedy = "holds no token positions; build it again with decoy index --positions"

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
        /// Scores any document, where `retriever` keeps to those that a filter permits.
        var unrestricted: (any Retriever)?
    }

    /// Opens what the user named; `phrases` says whether quotes in a text make phrases, once the index is known.
    func open(_ path: String, threads: Int, phrases: (IndexReader?) throws -> Bool = { _ in false }) throws -> Opened {
        switch try FolderKind(of: path) {
        case .lexicalIndex:
            let reader = try IndexReader(path: path)
            var searcher = try Searcher(
                reader: reader, similarity: bm25(), threads: threads, fields: fields)
            searcher.phrases = try phrases(dense == nil ? reader : nil)
            if let filter {
                let restricted = try searcher.restricted(to: MetadataFilter(filter))
                return Opened(
                    retriever: try lexical(restricted), documents: restricted,
                    unrestricted: try lexical(searcher, feedback: restricted))
            }
            guard let dense else { return Opened(retriever: try lexical(searcher), documents: searcher) }
            let hybrid = HybridRetriever(
                lexical: try lexical(searcher), dense: try openVectors(dense, threads: threads),
                fusion: fuse == .rrf ? .rrf : .weighted(weight: denseWeight))
            return Opened(retriever: hybrid, documents: searcher)
        case .vectors:
            if proximity > 0 { throw UsageProblem("--proximity needs a lexical index; \(path) is a vector folder") }
            _ = try phrases(nil)
            if fields != nil {
                throw UsageProblem("--fields weighs the fields of a lexical index; \(path) holds vectors")
            }
            guard filter == nil else {
                throw UsageProblem("--filter needs a lexical index; vectors hold no metadata")
            }
            guard !rm3 else { throw UsageProblem("--rm3 needs a lexical index; vectors have no terms") }
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
