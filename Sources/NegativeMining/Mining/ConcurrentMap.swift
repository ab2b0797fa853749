import Dispatch
import Synchronization

/// Work on numbered items over several threads.
enum ConcurrentMap {
    /// The results of `body` for the items from 0, in their order, computed on up to `threads` threads.
    ///
    /// Where items fail, the error of the first of them is thrown, whatever the threads.
    static func results<Result: Sendable>(
        _ count: Int, threads: Int, body: @Sendable (_ item: Int) throws -> Result
    ) throws -> [Result] {
        if threads <= 1 || count <= 1 { return try (0..<count).map(body) }
        let done = Mutex([[Swift.Result<Result, any Error>]?](repeating: nil, count: count))
        let next = Atomic(0)
        let chunk = max(1, min(16, count / (4 * threads)))
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let start = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
                if start >= count { return }
                let results = (start..<min(start + chunk, count)).map { item in Swift.Result { try body(item) } }
                done.withLock { $0[start] = results }
            }
        }
        return try done.withLock { $0 }.compactMap { $0 }.flatMap { $0 }.map { try $0.get() }
    }
}
