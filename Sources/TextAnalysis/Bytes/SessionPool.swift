import Synchronization

/// Sessions at rest, so that single calls need not make one each time.
final class SessionPool<Session: AnyObject>: Sendable {
    /// Lets a session pass from thread to thread; the pool gives each to one user at a time.
    private struct Resting: @unchecked Sendable {
        let session: Session
    }

    private let resting = Mutex<[Resting]>([])

    func take() -> Session? { resting.withLock { $0.popLast() }?.session }

    func put(_ session: Session) {
        let entry = Resting(session: session)
        resting.withLock { if $0.count < 16 { $0.append(entry) } }
    }
}
