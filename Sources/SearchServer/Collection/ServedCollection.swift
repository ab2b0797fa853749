import LexicalSearch
import NegativeMining
import RetrievalData
import Synchronization

/// The ways to rank that a request names.
public enum SearchMode: String, Sendable, CaseIterable {
    /// BM25.
    case lexical
    /// A model's vectors.
    case dense
    /// Both together.
    case hybrid
}

/// One way to rank, with the name of its column.
public struct ServedSystem: Sendable {
    /// The column's name, such as `bm25`, `before` or `after`.
    public var name: String
    /// What kind of retriever it is.
    public var mode: SearchMode
    /// The name by which a request chooses among several models; nil for BM25.
    public var model: String?
    /// Ranks.
    public var retriever: any Retriever

    /// A system from its parts.
    public init(name: String, mode: SearchMode, model: String? = nil, retriever: any Retriever) {
        self.name = name
        self.mode = mode
        self.model = model
        self.retriever = retriever
    }
}

/// Everything that is searched, as of one commit: never changed, and replaced as a whole when the index gets a new commit.
public final class ServedCollection: Sendable {
    /// The ways to rank, in the order of their columns; at least one.
    public let systems: [ServedSystem]
    /// The index; nil where there are vectors alone.
    public let searcher: Searcher?
    /// The texts; nil where there are none.
    public let documents: (any DocumentStore)?
    /// Ranks by words among the documents that fulfil a condition; nil where there is no index.
    public let restricted: (@Sendable (MetadataFilter) throws -> any Retriever)?
    /// Scores the best documents of a ranking anew; nil where there is none.
    public let reranker: (any Retriever)?
    /// The number of documents.
    public let documentCount: Int
    /// What tells this commit from others.
    public let commit: String
    /// Whether a search by words alone takes about a millisecond at most: one search, in as many documents as that was measured with.
    let searchesQuickly: Bool
    private let estimator = Mutex<FalseNegativeEstimator?>(nil)

    /// A collection from its parts.
    public init(
        systems: [ServedSystem], searcher: Searcher?, documents: (any DocumentStore)?,
        restricted: (@Sendable (MetadataFilter) throws -> any Retriever)? = nil, reranker: (any Retriever)? = nil,
        documentCount: Int, commit: String
    ) {
        self.systems = systems
        self.searcher = searcher
        self.documents = documents
        self.restricted = restricted
        self.reranker = reranker
        self.documentCount = documentCount
        self.commit = commit
        searchesQuickly = systems.first?.retriever is Searcher && documentCount <= 1_000_000
    }

    /// The system that a mode and a model's name choose; of several the last, which is the most trained one.
    func system(_ mode: SearchMode, model: String?) throws(Problem) -> ServedSystem {
        let suitable = systems.filter { $0.mode == mode }
        guard let last = suitable.last else {
            let modes = SearchMode.allCases.filter { mode in systems.contains { $0.mode == mode } }
            throw .badRequest(
                "mode: nothing is served for \(mode.rawValue); there is \(modes.map(\.rawValue).joined(separator: ", "))"
            )
        }
        guard let model else { return last }
        guard let named = suitable.first(where: { $0.model == model }) else {
            let names = suitable.compactMap(\.model)
            throw .badRequest(
                "model: \(Parameter.shown(model)) is unknown for mode \(mode.rawValue); "
                    + (names.isEmpty ? "it has none" : "give \(names.joined(separator: ", "))"))
        }
        return named
    }

    /// The estimate of unlabelled positives with standard coefficients; made when it is first asked for.
    func falseNegativeEstimator(_ documents: any DocumentStore) throws -> FalseNegativeEstimator {
        try estimator.withLock { known in
            if let known { return known }
            let made = try FalseNegativeEstimator(.standard, documents: documents)
            known = made
            return made
        }
    }
}
