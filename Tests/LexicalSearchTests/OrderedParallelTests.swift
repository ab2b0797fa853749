import DecoyTestSupport
import Synchronization
import Testing

@testable import LexicalSearch

@Suite("Work on several threads, handed out in order")
struct OrderedParallelTests {
    private struct Stop: Error {}

    @Test("Every item is computed once and handed out in order, whatever the threads, chunks and times.")
    func order() throws {
        var random = SeededGenerator(seed: 31)
        for round in 0..<60 {
            let count = Int.random(in: 0...400, using: &random)
            let threads = Int.random(in: 1...6, using: &random)
            let limit = Int.random(in: 1...20, using: &random)
            let work = (0..<count).map { _ in Int.random(in: 0...300, using: &random) }
            let computed = Mutex([Int](repeating: 0, count: count))
            var delivered: [Int] = []
            try OrderedParallel.run(count, threads: threads, chunkLimit: limit) { item, _ in
                computed.withLock { $0[item] += 1 }
                return (0..<work[item]).reduce(item) { $0 &* 31 &+ $1 }
            } deliver: { item, result in
                #expect(item == delivered.count)
                delivered.append(result)
            }
            let expected = work.enumerated().map { item, steps in (0..<steps).reduce(item) { $0 &* 31 &+ $1 } }
            #expect(delivered == expected, "seed \(random.seed), round \(round)")
            #expect(computed.withLock { $0.allSatisfy { $0 == 1 } }, "seed \(random.seed), round \(round)")
        }
    }

    @Test("Two calls with the same thread's number never overlap.")
    func threads() throws {
        let isBusy = Mutex([Bool](repeating: false, count: 4))
        let overlaps = Mutex(0)
        try OrderedParallel.run(2_000, threads: 4, chunkLimit: 3) { item, thread in
            let wasBusy = isBusy.withLock { busy in
                defer { busy[thread] = true }
                return busy[thread]
            }
            if wasBusy { overlaps.withLock { $0 += 1 } }
            let result = (0..<50).reduce(item) { $0 &* 31 &+ $1 }
            isBusy.withLock { $0[thread] = false }
            return result
        } deliver: { _, _ in
        }
        #expect(overlaps.withLock { $0 } == 0)
    }

    @Test("An error of the one who takes results ends the work and is thrown, after all threads have stopped.")
    func stop() throws {
        for last in [0, 1, 57, 199] {
            let running = Atomic(0)
            var delivered = 0
            #expect(throws: Stop.self) {
                try OrderedParallel.run(200, threads: 3, chunkLimit: 4) { item, _ in
                    running.add(1, ordering: .relaxed)
                    defer { running.subtract(1, ordering: .relaxed) }
                    return item
                } deliver: { item, _ in
                    if item == last { throw Stop() }
                    delivered += 1
                }
            }
            #expect(delivered == last && running.load(ordering: .relaxed) == 0)
        }
    }
}
