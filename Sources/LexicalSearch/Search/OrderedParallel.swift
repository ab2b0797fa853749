import Dispatch
import Synchronization

/// Work on numbered items over several threads, the results of which are handed out in the order of the items.
///
/// Threads take chunks of items; at most a fixed number of chunks is under way or done and not yet handed out, so memory stays bounded
/// whatever the number of items. The calling thread hands out, and works when nothing is ready. Threads share two counters and wait only
/// when the calling thread is far behind.
enum OrderedParallel {
    /// Calls `compute` once for each item, on up to `threads` threads, and `deliver` with each result, in order, on the calling thread.
    ///
    /// `thread` lies below `threads`; two calls with the same one never overlap. A chunk has up to `chunkLimit` items, and up to four
    /// chunks a thread are held. Throws what `deliver` throws.
    static func run<Result: Sendable>(
        _ count: Int, threads: Int, chunkLimit: Int = 16,
        compute: @escaping @Sendable (_ item: Int, _ thread: Int) -> Result,
        deliver: (_ item: Int, _ result: Result) throws -> Void
    ) throws {
        let threads = max(1, min(threads, count))
        if threads == 1 {
            for item in 0..<count { try deliver(item, compute(item, 0)) }
            return
        }
        let pipeline = Pipeline(count: count, threads: threads, chunkLimit: chunkLimit, compute: compute)
        for thread in 1..<threads {
            // A queue of its own has a thread of its own, whatever waits elsewhere.
            DispatchQueue(label: "decoy.ordered").async { pipeline.work(thread) }
        }
        defer { pipeline.stop(workers: threads - 1) }
        for chunk in 0..<pipeline.chunkCount {
            for (offset, result) in pipeline.take(chunk).enumerated() {
                try deliver(chunk * pipeline.chunkSize + offset, result)
            }
        }
    }
}

/// What the threads of one run share.
private final class Pipeline<Result: Sendable>: @unchecked Sendable {
    let chunkSize: Int
    let chunkCount: Int
    private let count: Int
    private let compute: @Sendable (Int, Int) -> Result
    private let next = Atomic(0)
    private let handedOut = Atomic(0)
    private let isStopped = Atomic(false)
    /// How many chunks may be under way.
    private let placeCount: Int
    /// One place for each of these, guarded by `condition`; chunk c stands at c modulo their number.
    private var places: [[Result]?]
    private var finishedWorkers = 0
    private let condition = ThreadCondition()

    init(count: Int, threads: Int, chunkLimit: Int, compute: @escaping @Sendable (Int, Int) -> Result) {
        self.count = count
        self.compute = compute
        chunkSize = max(1, min(chunkLimit, count / (8 * threads)))
        chunkCount = (count + chunkSize - 1) / chunkSize
        placeCount = 4 * threads
        places = Array(repeating: nil, count: placeCount)
    }

    /// The next chunk that may be begun; nil where all are begun or the places are full.
    private func claim() -> Int? {
        var chunk = next.load(ordering: .relaxed)
        while chunk < chunkCount, chunk < handedOut.load(ordering: .acquiring) + placeCount {
            let (exchanged, original) = next.compareExchange(
                expected: chunk, desired: chunk + 1, ordering: .acquiringAndReleasing)
            if exchanged { return chunk }
            chunk = original
        }
        return nil
    }

    private func compute(chunk: Int, thread: Int) -> [Result] {
        let start = chunk * chunkSize
        return (start..<min(start + chunkSize, count)).map { compute($0, thread) }
    }

    /// What a thread other than the calling one does until there is nothing left to do.
    func work(_ thread: Int) {
        while !isStopped.load(ordering: .relaxed), next.load(ordering: .relaxed) < chunkCount {
            if let chunk = claim() {
                let results = compute(chunk: chunk, thread: thread)
                condition.lock()
                places[chunk % placeCount] = results
                condition.broadcast()
                condition.unlock()
            } else {
                condition.lock()
                let isFull = next.load(ordering: .relaxed) >= handedOut.load(ordering: .relaxed) + placeCount
                if isFull, !isStopped.load(ordering: .relaxed) { condition.wait() }
                condition.unlock()
            }
        }
        condition.lock()
        finishedWorkers += 1
        condition.broadcast()
        condition.unlock()
    }

    /// The results of the chunk whose turn it is; works on others until they are there.
    func take(_ chunk: Int) -> [Result] {
        let place = chunk % placeCount
        while true {
            condition.lock()
            if let results = places[place] {
                places[place] = nil
                handedOut.store(chunk + 1, ordering: .releasing)
                condition.broadcast()
                condition.unlock()
                return results
            }
            let began = next.load(ordering: .relaxed)
            if began >= chunkCount || began >= chunk + placeCount {
                condition.wait()
                condition.unlock()
                continue
            }
            condition.unlock()
            if let mine = claim() {
                let results = compute(chunk: mine, thread: 0)
                if mine == chunk {
                    condition.lock()
                    handedOut.store(chunk + 1, ordering: .releasing)
                    condition.broadcast()
                    condition.unlock()
                    return results
                }
                condition.lock()
                places[mine % placeCount] = results
                condition.unlock()
            }
        }
    }

    /// Ends the other threads and waits for them.
    func stop(workers: Int) {
        isStopped.store(true, ordering: .relaxed)
        condition.lock()
        condition.broadcast()
        while finishedWorkers < workers { condition.wait() }
        condition.unlock()
    }
}
