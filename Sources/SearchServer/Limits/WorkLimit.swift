import Synchronization

/// Lets so many requests work at once; others wait their turn, first come first served, up to a number and a time.
final class WorkLimit: Sendable {
    private struct State {
        var free: Int
        var waiting: [(CheckedContinuation<Bool, Never>, since: ContinuousClock.Instant)] = []
        /// The first that waits; those before it went on.
        var first = 0

        var count: Int { waiting.count - first }

        /// Takes out whoever waits longest.
        mutating func next() -> (CheckedContinuation<Bool, Never>, since: ContinuousClock.Instant)? {
            guard first < waiting.count else { return nil }
            let next = waiting[first]
            first += 1
            if first > 64, first * 2 > waiting.count {
                waiting.removeFirst(first)
                first = 0
            }
            return next
        }
    }

    private let state: Mutex<State>
    private let maximumWaiting: Int
    private let timeout: Duration

    init(_ options: ServerOptions) {
        state = Mutex(State(free: max(1, options.threads)))
        maximumWaiting = options.maximumWaiting
        timeout = .seconds(options.timeout)
    }

    /// Runs work when its turn comes; throws a `Problem` of status 503 where too many wait or the turn comes too late.
    func run<R>(_ work: () -> R) async throws(Problem) -> R {
        try await enter()
        defer { leave() }
        return work()
    }

    /// How many wait for their turn.
    var waiting: Int { state.withLock { $0.count } }

    private func enter() async throws(Problem) {
        let isFree = state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
        if isFree { return }
        let isInTime = await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                guard state.count < maximumWaiting else { return false }
                state.waiting.append((continuation, ContinuousClock.now))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
        guard isInTime else {
            throw Problem(503, "the server is busy; try again", headers: [("Retry-After", "1")])
        }
    }

    /// Gives the turn to the next that has not waited too long.
    private func leave() {
        let (next, late) = state.withLock { state in
            var late: [CheckedContinuation<Bool, Never>] = []
            while let (continuation, since) = state.next() {
                if ContinuousClock.now - since <= timeout { return (Optional(continuation), late) }
                late.append(continuation)
            }
            state.free += 1
            return (nil, late)
        }
        for continuation in late { continuation.resume(returning: false) }
        next?.resume(returning: true)
    }
}
