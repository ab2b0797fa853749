import Decoy
import DurableStorage
import Essentials
import SearchServer

/// Opens what `decoy serve` was given, again for each new commit.
struct CollectionOpening: Sendable {
    var index: String
    var retrieval: RetrieverOptions
    var served: ServedFlags
    var threads: Int

    /// What changes when the index gets a commit or vectors are replaced.
    @Sendable func fingerprint() throws -> String {
        try ([index] + [retrieval.dense, served.before].compactMap { $0 }).map { folder in
            let path = MiningSource.checksummedFile(of: folder)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let attributes else { throw StorageError.notFound(path: folder) }
            let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(attributes[.size] ?? 0) \(time) \(attributes[.systemFileNumber] ?? 0)"
        }.joined(separator: "; ")
    }

    /// Opens the last commit.
    @Sendable func open() throws -> ServedCollection {
        let opened = try retrieval.open(index, threads: threads) { $0?.summary.storesPositions ?? false }
        let searcher = opened.documents as? Searcher
        let documents = try opened.storedDocuments ?? served.corpus.map { try CorpusTexts(path: $0) }
        return ServedCollection(
            systems: try systems(opened, searcher), searcher: searcher, documents: documents,
            restricted: searcher.map(restriction),
            reranker: try reranker(documents), documentCount: try count(opened, searcher),
            commit: try commit(opened, searcher))
    }

    /// Ranks by words among the documents that fulfil a condition; feedback documents are among them too.
    private func restriction(_ searcher: Searcher) -> @Sendable (MetadataFilter) throws -> any Retriever {
        { [retrieval] filter in try retrieval.stages.retriever(searcher.restricted(to: filter)) }
    }

    /// The columns: BM25, the model before, the model after, the hybrid.
    private func systems(_ opened: RetrieverOptions.Opened, _ searcher: Searcher?) throws -> [ServedSystem] {
        var systems: [ServedSystem] = []
        if let searcher {
            systems.append(ServedSystem(name: "bm25", mode: .lexical, retriever: opened.lexical ?? opened.retriever))
            if let before = served.before {
                systems.append(try dense("before", before, served.beforeModel, beside: searcher))
            }
        } else if let before = served.before {
            systems.append(try dense("before", before, served.beforeModel, beside: nil))
        }
        let name = served.before == nil ? "dense" : "after"
        if let vectors = opened.dense ?? (searcher == nil ? opened.retriever : nil) {
            systems.append(ServedSystem(name: name, mode: .dense, model: name, retriever: vectors))
        }
        if opened.dense != nil {
            systems.append(ServedSystem(name: "hybrid", mode: .hybrid, model: name, retriever: opened.retriever))
        }
        return systems
    }

    private func dense(
        _ name: String, _ path: String, _ model: String?, beside searcher: Searcher?
    ) throws -> ServedSystem {
        let vectors = try RetrieverOptions.openVectors(path, model: model, threads: threads)
        guard let searcher else { return ServedSystem(name: name, mode: .dense, model: name, retriever: vectors) }
        return ServedSystem(
            name: name, mode: .dense, model: name,
            retriever: try IndexedDocumentsRetriever(vectors, at: path, beside: searcher.reader))
    }

    private func reranker(_ documents: (any DocumentStore)?) throws -> (any Retriever)? {
        guard let folder = served.reranker else { return nil }
        guard let documents else {
            throw UsageProblem("--reranker reads texts: \(index) stores none; give --corpus FILE")
        }
        return CrossEncoderRetriever(
            encoder: try CrossEncoderFolder.read(folder, threads: threads), documents: documents, threads: threads)
    }

    private func count(_ opened: RetrieverOptions.Opened, _ searcher: Searcher?) throws -> Int {
        searcher?.reader.storedDocumentCount ?? (opened.retriever as? DenseRetriever)?.index.count ?? 0
    }

    /// What tells this commit from others: of an index the number of its commits and its manifest's checksum.
    private func commit(_ opened: RetrieverOptions.Opened, _ searcher: Searcher?) throws -> String {
        guard let searcher else { return "vectors" }
        let manifest = try MappedFile(path: MiningSource.checksummedFile(of: index))
        let checksum = manifest.withUnsafeBytes { CRC32C.checksum($0) }
        return "\(searcher.reader.summary.generation)-\(String(checksum, radix: 16))"
    }
}
