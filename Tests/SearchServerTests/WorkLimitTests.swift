import Dispatch
import Foundation
import Synchronization
import Testing

@testable import SearchServer

@Suite("Limits of work")
struct WorkLimitTests {
    @Test("Never more work at once than the limit, and all of it is done.")
    func concurrency() async throws {
        var options = ServerOptions()
        options.threads = 2
        let limit = WorkLimit(options)
        let (running, most, done) = (Counter(), Counter(), Counter())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try? await limit.run {
                        let now = running.add(1)
                        most.raise(to: now)
                        for _ in 0..<500 { _ = done.value }
                        done.add(1)
                        running.add(-1)
                    }
                }
            }
        }
        #expect(done.value == 200)
        #expect(most.value <= 2)
    }

    /// Work that goes on until it is released.
    private static func occupy(_ limit: WorkLimit) async -> (work: Task<Void, any Error>, release: Counter) {
        let (entered, release) = (AsyncStream<Void>.makeStream(), Counter())
        let work = Task(executorPreference: OwnThread()) {
            try await limit.run {
                entered.continuation.yield()
                while release.value == 0 { usleep(1000) }
            }
        }
        for await _ in entered.stream { break }
        return (work, release)
    }

    @Test("Where too many wait, further requests are told to come again.")
    func tooMany() async throws {
        var options = ServerOptions()
        options.threads = 1
        options.maximumWaiting = 0
        let limit = WorkLimit(options)
        let (first, release) = await Self.occupy(limit)
        await #expect(throws: Problem.self) { try await limit.run {} }
        release.add(1)
        try await first.value
        try await limit.run {}
    }

    @Test("Who waited longer than the time limit is not worked on.")
    func late() async throws {
        var options = ServerOptions()
        options.threads = 1
        options.timeout = 0
        let limit = WorkLimit(options)
        let (first, release) = await Self.occupy(limit)
        let second = Task.detached { try await limit.run {} }
        while limit.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(1))
        release.add(1)
        try await first.value
        await #expect(throws: Problem.self) { try await second.value }
        try await limit.run {}
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    @discardableResult
    func add(_ number: Int) -> Int {
        count.withLock {
            $0 += number
            return $0
        }
    }

    func raise(to number: Int) { count.withLock { $0 = max($0, number) } }
}

/// Runs tasks that block on a thread of their own: those that tests share are few.
private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "blocking work")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
