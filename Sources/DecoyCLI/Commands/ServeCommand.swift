import ArgumentParser
import Decoy
import Dispatch
import DurableStorage
import NegativeReview
import SearchServer
import Synchronization

/// `decoy serve`: a search page and an HTTP API over an index, vectors or both.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a search page and an HTTP API over an index or vectors.",
        discussion: """
            The page at / shows results as you type, with BM25, the models and the hybrid side by side. /openapi.json describes the API:
            /search, /compare, /documents/ID, /analyze, /negatives, /systems, /health, /metrics (Prometheus). With --negatives people judge mined
            negatives at /review, as with decoy review.

            Only this machine is answered unless --host says otherwise. Requests must call the server by an address of this machine, by --host
            or by a name of --allow-host. With a token (--token or the variable DECOY_TOKEN) every request but those for the page itself and
            /health must bear it. A new commit of the index or new vectors are taken up within a second. Ctrl-C or SIGTERM stops: requests
            that have begun are answered first.

            EXAMPLES
              decoy serve notes.index
              decoy serve scifact.index --dense scifact.vectors --model scifact.model --port 9000
              decoy serve scifact.index --before before.vectors --before-model out/models/before \\
                --dense after.vectors --model out/models/after
              decoy serve scifact.index --negatives fates.jsonl --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv
              curl 'http://127.0.0.1:8080/search?q=river+bank&k=3&highlight=true'
            """.flowing)

    @Argument(help: "A lexical index or a vector folder.", completion: .directory)
    var index: String

    @OptionGroup var retrieval: RetrieverOptions
    @OptionGroup var served: ServedFlags
    @OptionGroup var review: ReviewFlags
    @OptionGroup var network: NetworkFlags
    @OptionGroup var common: CommonOptions

    func run() throws {
        let opening = CollectionOpening(
            index: index, retrieval: retrieval, served: served, threads: common.threadCount)
        let live = try LiveCollection(
            CollectionSource(fingerprint: opening.fingerprint, open: opening.open))
        var options = try network.options()
        options.threads = common.threadCount
        options.version = DecoyVersion.current
        let quiet = common.quiet
        let say: @Sendable (String) -> Void = { if !quiet { Console.message($0) } }
        let session = try review.session(documents: live.current.documents, index: index)
        let service = SearchService(collection: live, review: session, options: options) { Console.error($0) }
        for warning in network.warnings { say(warning) }
        let address = network.address
        let server = HTTPServer(service, options: options) { event in
            switch event {
            case .started(let port):
                say("serving \(live.current.documentCount) documents at http://\(address):\(port)/ (Ctrl-C stops)")
            case .newCommit(let collection): say("a new commit: \(collection.documentCount) documents")
            case .commitFailed(let error): Console.error("the new commit can't be opened, the old one stays: \(error)")
            }
        }
        try Self.wait { try await server.run() }
        say("stopped")
    }

    /// Runs asynchronous work to its end; Ctrl-C and SIGTERM are the work's own while it lasts.
    private static func wait(for work: @escaping @Sendable () async throws -> Void) throws {
        let outcome = Outcome()
        try Interruption.deferred {
            Task {
                do { try await work() } catch { outcome.error.withLock { $0 = error } }
                outcome.done.signal()
            }
            outcome.done.wait()
            if let error = outcome.error.withLock({ $0 }) { throw error }
        }
    }

    /// How asynchronous work ended.
    private final class Outcome: Sendable {
        let done = DispatchSemaphore(value: 0)
        let error = Mutex<(any Error)?>(nil)
    }
}
