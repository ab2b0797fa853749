import ArgumentParser
import Decoy

/// A second retriever whose agreement is a feature of the estimate.
struct SecondRetrieverFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Vectors whose scores the estimate looks at too.", valueName: "vectors"),
        completion: .directory)
    var estimateVectors: String?

    @Option(help: ArgumentHelp("The model that made --estimate-vectors.", valueName: "model"), completion: .directory)
    var estimateModel: String?

    func validate() throws {
        guard (estimateVectors == nil) == (estimateModel == nil) else {
            throw ValidationError("--estimate-vectors and --estimate-model go together")
        }
    }

    /// Whether no second retriever was given.
    var isEmpty: Bool { estimateVectors == nil }

    func open(threads: Int) throws -> (any Retriever)? {
        try estimateVectors.map {
            try RetrieverOptions.openVectors($0, model: estimateModel, threads: threads, method: .exact)
        }
    }

    /// The analyzer of an index, or plain words.
    static func terms(of documents: any DocumentStore) throws -> TermExtraction {
        let reader = (documents as? Searcher)?.reader ?? documents as? IndexReader
        guard let analyzer = try reader?.matchingAnalyzer() else { return PlainTerms.hashes }
        return { text in
            var hashes: [UInt64] = []
            analyzer.forEachTerm(in: text) { term, _ in hashes.append(StableHash.fnv1a64(term)) }
            return hashes
        }
    }
}
