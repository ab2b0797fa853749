import Decoy
import DurableStorage

/// Where mining takes candidates and texts from.
struct MiningSource {
    /// Ranks the candidates and scores the positives.
    var opened: RetrieverOptions.Opened
    /// The texts; nil where there are none.
    var documents: (any DocumentStore)?
    /// The ids of all documents, where they are known without texts.
    var documentIDs: [DocumentID]?
    /// The analyzer of the index; nil where there is none.
    var analyzer: String?
    /// Whether a lexical index ranks the candidates of sources without a name of their own.
    private var ranksLexically = false
    /// The files that the result depends on, by what they are.
    var inputs: [String: String] = [:]

    /// Opens a retriever or a run, and where texts come from: `corpus`, else the index.
    init(
        retriever path: String?, run: String?, corpus: String?, retrieval: RetrieverOptions, threads: Int
    ) throws {
        if let run {
            try retrieval.requireNone(beside: "--from-run")
            opened = RetrieverOptions.Opened(retriever: RunRetriever(try RunReader.read(run)))
            inputs["run"] = run
            if let path {
                try FolderKind.lexicalIndex.require(at: path)
                let reader = try IndexReader(path: path)
                opened.documents = reader
                if reader.summary.storesText { documents = reader }
                analyzer = reader.summary.analyzer.description
            }
        } else if let path {
            opened = try retrieval.open(path, threads: threads)
            ranksLexically = try FolderKind(of: path) == .lexicalIndex && retrieval.dense == nil
            documents = opened.storedDocuments
            analyzer = (opened.documents as? Searcher)?.reader.summary.analyzer.description
        } else {
            throw UsageProblem("give a RETRIEVER (an index or vectors) or --from-run RUN")
        }
        if let path { addInputs(of: path) }
        if let dense = retrieval.dense { addInputs(of: dense) }
        if let model = retrieval.model { inputs["model"] = model + "/model.safetensors" }
        if let tuned = retrieval.bm25.tuned { inputs["tuned"] = tuned }
        if let corpus {
            documents = try CorpusTexts(path: corpus)
            inputs["corpus"] = (try? BEIRDataset(path: corpus).corpusPath) ?? corpus
        }
        if documents == nil {
            documentIDs =
                try opened.documents?.documentIDs() ?? (opened.retriever as? DenseRetriever)?.index.documentIDs
        }
    }

    /// Whether a source ranks by words alone.
    func isLexical(_ source: NegativeMixture.Source) -> Bool {
        ranksLexically || source.name == MixedSource.bm25.rawValue && opened.lexical != nil
    }

    /// Records an index or vectors among the inputs.
    private mutating func addInputs(of path: String) {
        switch try? FolderKind(of: path) {
        case .lexicalIndex: inputs["index"] = Self.checksummedFile(of: path)
        case .vectors: inputs["vectors"] = Self.checksummedFile(of: path)
        default: break
        }
    }

    /// The file whose checksum stands for a path: of an index the manifest, which holds the checksums of its other files.
    static func checksummedFile(of path: String) -> String {
        if CrossEncoderFolder.isPresent(at: path) { return path + "/model.safetensors" }
        return switch try? FolderKind(of: path) {
        case .lexicalIndex: path + "/manifest"
        case .vectors: path + "/vectors.safetensors"
        default: path
        }
    }
}

extension RetrieverOptions {
    /// Refuses every option where something else does the ranking.
    func requireNone(beside option: String) throws {
        let given = [
            ("--similarity", bm25.similarity != nil), ("--k1", bm25.k1 != nil), ("--b", bm25.b != nil),
            ("--delta", bm25.delta != nil), ("--fields", bm25.fields != nil), ("--tuned", bm25.tuned != nil),
            ("--filter", stages.filter != nil), ("--proximity", stages.proximity > 0), ("--rm3", stages.rm3),
            ("--dense", dense != nil), ("--model", model != nil), ("--exact", exact),
            ("--search-breadth", searchBreadth != nil),
        ]
        for (name, isGiven) in given where isGiven {
            throw UsageProblem("\(name) has no meaning beside \(option): the run holds the ranking")
        }
    }
}
