import Dispatch

/// Work that goes on beside the thread that wants its result later.
final class Aside<Value: Sendable>: Sendable {
    private let outcome = JobResult<Result<Value, any Error>>()
    private let group = DispatchGroup()

    /// Begins the work on another thread; does it at once where there is only one.
    init(threads: Int, _ work: @escaping @Sendable () throws -> Value) {
        let outcome = outcome
        if threads == 1 {
            outcome.put(Result(catching: work))
        } else {
            DispatchQueue.global().async(group: group) { outcome.put(Result(catching: work)) }
        }
    }

    /// The result, or the error that ended the work; waits until it has ended.
    func get() throws -> Value {
        group.wait()
        guard let outcome = outcome.result else { preconditionFailure("work that has ended left its outcome") }
        return try outcome.get()
    }
}
