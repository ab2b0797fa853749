import Synchronization

/// How a collection is opened, and how a new commit of it is noticed.
public struct CollectionSource: Sendable {
    /// What changes with every commit; cheap to ask for.
    public var fingerprint: @Sendable () throws -> String
    /// Opens the last commit.
    public var open: @Sendable () throws -> ServedCollection

    /// A source from its parts.
    public init(
        fingerprint: @escaping @Sendable () throws -> String, open: @escaping @Sendable () throws -> ServedCollection
    ) {
        self.fingerprint = fingerprint
        self.open = open
    }
}

/// The collection that requests see: the last commit that could be opened.
///
/// A request keeps the commit that it began with; the next one sees the new.
public final class LiveCollection: Sendable {
    private struct State {
        var collection: ServedCollection
        var fingerprint: String
        var reloads = 0
        var failures = 0
    }

    private let source: CollectionSource
    private let state: Mutex<State>

    /// Opens the last commit.
    public init(_ source: CollectionSource) throws {
        self.source = source
        let fingerprint = try source.fingerprint()
        state = Mutex(State(collection: try source.open(), fingerprint: fingerprint))
    }

    /// The commit to answer from.
    public var current: ServedCollection { state.withLock { $0.collection } }

    /// How often a new commit was taken up, and how often one could not be opened.
    var reloads: (done: Int, failed: Int) { state.withLock { ($0.reloads, $0.failures) } }

    /// Takes up a new commit where there is one; returns whether there was.
    ///
    /// Where it can't be opened the old one goes on to be served, and the next call tries again.
    public func refresh() throws -> Bool {
        do {
            let fingerprint = try source.fingerprint()
            if state.withLock({ $0.fingerprint == fingerprint }) { return false }
            let collection = try source.open()
            state.withLock {
                $0.collection = collection
                $0.fingerprint = fingerprint
                $0.reloads += 1
            }
            return true
        } catch {
            state.withLock { $0.failures += 1 }
            throw error
        }
    }
}
