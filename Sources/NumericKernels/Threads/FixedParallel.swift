import Dispatch
import Synchronization

/// Runs numbered pieces of work on several threads.
///
/// Which thread takes which piece is left to chance; the cut into pieces is not: it depends on the work alone. As pieces write disjoint
/// parts, the result is the same for every number of threads.
package enum FixedParallel {
    /// Calls `body` once for each of `0 ..< count` on at most `threads` threads and returns when all are done.
    package static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        guard count > 0 else { return }
        let workers = min(max(threads, 1), count)
        if workers == 1 {
            for index in 0..<count { body(index) }
            return
        }
        let next = Counter()
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let index = next.take(below: count) { body(index) }
        }
    }

    /// Calls `body` for consecutive ranges of `size` that cover `0 ..< count`; the last may be shorter.
    package static func forEachRange(_ count: Int, size: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
        precondition(size > 0, "a range must not be empty")
        forEach((count + size - 1) / size, threads: threads) { piece in
            body((piece * size)..<min((piece + 1) * size, count))
        }
    }

    /// The results of `body` for each of `0 ..< count`, in order.
    package static func map<Element: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) -> Element
    ) -> [Element] {
        let results = Mutex([Element?](repeating: nil, count: count))
        forEach(count, threads: threads) { index in
            let element = body(index)
            results.withLock { $0[index] = element }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)

        func take(below count: Int) -> Int? {
            let index = value.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < count ? index : nil
        }
    }
}
