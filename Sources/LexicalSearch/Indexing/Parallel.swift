import Dispatch
import Synchronization

/// Work on numbered items over several threads.
enum Parallel {
    /// Calls `body` once for each item, on up to `threads` threads that take the next item as they become free.
    ///
    /// `thread` lies below `threads`; two calls with the same one never overlap, so it can index working memory.
    static func forEach(_ count: Int, threads: Int, _ body: @Sendable (_ item: Int, _ thread: Int) -> Void) {
        let threads = max(1, min(threads, count))
        if threads == 1 {
            for item in 0..<count { body(item, 0) }
            return
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            while true {
                let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if item >= count { break }
                body(item, thread)
            }
        }
    }
}
