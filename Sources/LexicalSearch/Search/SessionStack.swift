import Synchronization
import TextAnalysis

/// Sessions that are free, shared by the copies of a searcher.
final class SessionStack: Sendable {
    private let analyzer: Analyzer
    private let free: Mutex<Free>

    private struct Free: ~Copyable {
        var sessions: [SearchSession] = []
    }

    init(_ analyzer: Analyzer) {
        self.analyzer = analyzer
        free = Mutex(Free())
    }

    /// A session that nobody else holds.
    func take() -> SearchSession {
        let box = free.withLock { free in
            Unchecked(value: free.sessions.popLast())
        }
        return box.value ?? SearchSession(analyzer)
    }

    /// Gives a session back.
    func put(_ session: SearchSession) {
        let box = Unchecked(value: session)
        free.withLock { $0.sessions.append(box.value) }
    }

    /// A session on its way between threads; nobody else holds it.
    private struct Unchecked<Value>: @unchecked Sendable {
        var value: Value
    }
}
