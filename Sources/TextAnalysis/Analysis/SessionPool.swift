import Synchronization

/// Sessions at rest, so that single calls do not open ICU anew each time.
final class SessionPool: Sendable {
    /// Hands a session from thread to thread; the pool gives each to one user at a time.
    private struct Resting: @unchecked Sendable {
        let session: AnalyzerSession
    }

    private let resting = Mutex<[Resting]>([])

    func take() -> AnalyzerSession? { resting.withLock { $0.popLast() }?.session }

    func put(_ session: AnalyzerSession) {
        let entry = Resting(session: session)
        resting.withLock { if $0.count < 16 { $0.append(entry) } }
    }
}
