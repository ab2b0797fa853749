import ArgumentParser
import Decoy
import DurableStorage

/// The options that decide how an index, vectors or both answer queries.
struct RetrieverOptions: ParsableArguments {
    @OptionGroup var bm25: BM25Options

    @OptionGroup var stages: StageOptions

    @Option(
        help: ArgumentHelp("Vectors to search beside the index (hybrid).", valueName: "vectors"), completion: .directory
    )
    var dense: String?

    @Option(
        name: [.long, .customLong("encoder")],
        help: ArgumentHelp("The model that made the vectors; it encodes the queries.", valueName: "model"),
        completion: .directory)
    var model: String?

    @Flag(help: "Look at all vectors, also where they have a graph.")
    var exact = false

    @Option(
        help: ArgumentHelp(
            "How many vectors are in sight along a graph: more find more and take longer. (default: k, at least 200)",
            valueName: "count"))
    var searchBreadth: Int?

    @Option(help: "How a hybrid joins both: rrf or weighted. (default: weighted)")
    var fuse: FusionKind?

    @Option(help: "The weight of the dense score beside BM25's in a weighted hybrid. (default: 1)")
    var denseWeight: Double?

    @Option(
        help:
            "What makes both scores of a weighted hybrid comparable: maximum (BM25 over its highest score; cosines stay), min-max, z-score, sum or none. (default: maximum)"
    )
    var normalization: ScoreNormalization?

    func validate() throws {
        guard stages.filter == nil || dense == nil else {
            throw ValidationError("--filter works on a lexical index alone: leave out --dense or --filter")
        }
        guard dense != nil || (fuse == nil && denseWeight == nil && normalization == nil) else {
            throw ValidationError("--fuse, --dense-weight and --normalization go with --dense VECTORS")
        }
        if let searchBreadth {
            guard !exact else { throw ValidationError("--search-breadth has no meaning with --exact") }
            guard GraphRecord.breadthRange.contains(searchBreadth) else {
                throw ValidationError(
                    "--search-breadth \(searchBreadth): give \(GraphRecord.breadthRange.lowerBound) to \(GraphRecord.breadthRange.upperBound)"
                )
            }
        }
        guard normalization == nil || fuse != .rrf else {
            throw ValidationError("--normalization has no meaning for --fuse rrf, which looks at ranks alone")
        }
        if let denseWeight {
            guard denseWeight.isFinite, denseWeight >= 0 else {
                throw ValidationError("--dense-weight \(denseWeight): give 0 or more")
            }
            guard fuse != .rrf else { throw ValidationError("--dense-weight has no meaning for --fuse rrf") }
        }
    }

    /// A retriever with the documents' text, where it has one.
    struct Opened {
        var retriever: any Retriever
        var documents: (any DocumentStore)?
        /// Scores any document, where `retriever` keeps to those that a filter permits.
        var unrestricted: (any Retriever)?
        /// The two sides of a hybrid; nil where there is one retriever.
        var lexical: (any Retriever)?
        var dense: (any Retriever)?
        /// The shard that is searched, and the statistics of all; nil where there are none.
        var shard: ShardRecord?
        var statistics: ShardStatistics?

        /// The documents where their text is at hand; nil where the index was made without.
        var storedDocuments: (any DocumentStore)? {
            (documents as? Searcher)?.reader.summary.storesText == false ? nil : documents
        }
    }

    /// Opens what the user named; `phrases` says whether quotes in a text make phrases, once the index is known.
    ///
    /// With a file of statistics a shard's documents are scored like those of the whole.
    func open(
        _ path: String, threads: Int, globalStatistics: String? = nil,
        phrases: (IndexReader?) throws -> Bool = { _ in false }
    ) throws -> Opened {
        if globalStatistics != nil, dense != nil || stages.rm3 || stages.proximity > 0 {
            throw UsageProblem(
                """
                --global-stats goes with BM25 alone: --dense, --rm3 and --proximity look at the best documents of the whole, which no \
                shard knows
                """)
        }
        switch try FolderKind(of: path) {
        case .lexicalIndex:
            guard model == nil || dense != nil else {
                throw UsageProblem("--model goes with --dense VECTORS; \(path) is a lexical index")
            }
            guard dense != nil || (!exact && searchBreadth == nil) else {
                throw UsageProblem("--exact and --search-breadth go with vectors; \(path) is a lexical index")
            }
            let reader = try IndexReader(path: path)
            let chosen = try bm25.resolved()
            let statistics = try globalStatistics.map { try GlobalStatistics.open($0, for: reader) }
            let shard = reader.summary.shard
            var searcher = try Searcher(
                reader: reader, similarity: chosen.similarity, threads: threads, statistics: statistics,
                fields: chosen.fields)
            searcher.phrases = try phrases(dense == nil ? reader : nil)
            if let filter = stages.filter {
                let restricted = try searcher.restricted(to: MetadataFilter(filter))
                return Opened(
                    retriever: try stages.retriever(restricted), documents: restricted,
                    unrestricted: try stages.retriever(searcher, feedback: restricted), shard: shard,
                    statistics: statistics)
            }
            let lexical = try stages.retriever(searcher)
            guard let dense else {
                return Opened(retriever: lexical, documents: searcher, shard: shard, statistics: statistics)
            }
            let vectors = try IndexedDocumentsRetriever(
                Self.openVectors(dense, model: model, threads: threads, method: method), at: dense, beside: reader)
            let hybrid = HybridRetriever(lexical: lexical, dense: vectors, fusion: fusion(tuned: chosen.fusion))
            return Opened(retriever: hybrid, documents: searcher, lexical: lexical, dense: vectors)
        case .vectors:
            if globalStatistics != nil {
                throw UsageProblem("--global-stats goes with a lexical index; vectors need none")
            }
            if dense != nil { throw UsageProblem("--dense goes with a lexical index; \(path) is a vector folder") }
            try bm25.requireNone(path)
            try stages.requireNone(path)
            _ = try phrases(nil)
            let vectors = try Self.openVectors(path, model: model, threads: threads, method: method)
            return Opened(retriever: vectors, documents: nil, shard: vectors.index.record.shard)
        case .model:
            throw UsageProblem(
                "\(path) is a model; search needs an index or vectors (decoy encode makes vectors of a model)")
        }
    }

    private var method: VectorSearchMethod { exact ? .exact : .graph(breadth: searchBreadth) }

    /// What was given by hand, then what was tuned, then the defaults.
    private func fusion(tuned: TunedFusion?) -> Fusion {
        let kind = fuse ?? (denseWeight == nil && normalization == nil ? tuned?.kind : nil) ?? .weighted
        guard kind == .weighted else { return .rrf }
        let tuned = tuned?.kind == .weighted ? tuned : nil
        return .weighted(
            weight: denseWeight ?? tuned?.denseWeight ?? 1,
            normalization: normalization ?? tuned?.normalization ?? .maximum)
    }

    /// Opens a vector folder with the model that made it.
    static func openVectors(
        _ path: String, model: String?, threads: Int, method: VectorSearchMethod = .graph()
    ) throws -> DenseRetriever {
        guard let model else {
            throw UsageProblem("\(path): searching vectors needs --model MODEL, the model that made them")
        }
        try FolderKind.model.require(at: model)
        try FolderKind.vectors.require(at: path)
        let encoder = try Checkpoint.read(model).model
        let index = try FlatVectorIndex(path: path)
        if case .graph(.some) = method, !index.hasGraph {
            throw UsageProblem("--search-breadth goes along a graph; \(path) has none (decoy encode --index hnsw)")
        }
        do {
            return try DenseRetriever(model: encoder, index: index, threads: threads, method: method)
        } catch StorageError.incompatible(_, let reason, let remedy) {
            throw StorageError.incompatible(file: path, reason: reason, remedy: remedy)
        }
    }
}

/// The ways of joining a lexical and a dense ranking.
enum FusionKind: String, CaseIterable, Codable, ExpressibleByArgument {
    case rrf, weighted
}

extension ScoreNormalization: ExpressibleByArgument {}
