import Dispatch
import Synchronization

/// Runs jobs on several threads while the thread that hands them in goes on; that one helps where too many are waiting.
///
/// `thread` lies below `threads`; two jobs with the same one never overlap, so it can index working memory. With one thread a job runs at
/// once. For one submitting thread.
final class WorkQueue: Sendable {
    typealias Job = @Sendable (_ thread: Int) -> Void

    private struct State: ~Copyable {
        /// Jobs that wait, the next one last.
        var waiting: [Job] = []
        /// Jobs that came since `waiting` was filled, in their order.
        var arriving: [Job] = []
        /// Threads in the background that have nothing to do.
        var idle: [Int]

        var count: Int { waiting.count + arriving.count }

        mutating func next() -> Job? {
            if waiting.isEmpty {
                swap(&waiting, &arriving)
                waiting.reverse()
            }
            return waiting.popLast()
        }
    }

    /// The number of threads, the submitting one among them.
    let threads: Int
    private let state: Mutex<State>
    private let background = DispatchGroup()

    init(threads: Int) {
        self.threads = max(1, threads)
        state = Mutex(State(idle: Array(1..<max(1, threads))))
    }

    /// Runs a job soon; jobs begin in the order in which they came.
    func submit(_ job: @escaping Job) {
        if threads == 1 { return job(0) }
        let (idle, waiting) = state.withLock { state in
            state.arriving.append(job)
            return (state.idle.popLast(), state.count)
        }
        if let idle { DispatchQueue.global().async(group: background) { self.work(idle) } }
        // Enough to keep all busy while the next batch is read, and no more in memory.
        if waiting >= 16 * threads, let job = next() { job(0) }
    }

    /// Waits until all jobs have ended, and helps.
    func drain() {
        while let job = next() { job(0) }
        background.wait()
    }

    private func next() -> Job? { state.withLock { $0.next() } }

    private func work(_ thread: Int) {
        while true {
            let job = state.withLock { state in
                let job = state.next()
                if job == nil { state.idle.append(thread) }
                return job
            }
            guard let job else { return }
            job(thread)
        }
    }
}

/// The result of a job, which one thread puts in and another takes out.
final class JobResult<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    /// Puts the result in.
    func put(_ result: Value) { value.withLock { $0 = result } }

    /// The result; nil where the job has not ended.
    var result: Value? { value.withLock { $0 } }
}
