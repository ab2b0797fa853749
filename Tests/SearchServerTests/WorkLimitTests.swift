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
        let (running, most, done) = (Atomic(0), Mutex(0), Atomic(0))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try? await limit.run {
                        let now = running.add(1, ordering: .relaxed).newValue
                        most.withLock { $0 = max($0, now) }
                        for _ in 0..<500 { done.load(ordering: .relaxed) }
                        done.add(1, ordering: .relaxed)
                        running.subtract(1, ordering: .relaxed)
                    }
                }
            }
        }
        #expect(done.load(ordering: .relaxed) == 200)
        #expect(most.withLock { $0 } <= 2)
    }

    @Test("Where too many wait, further requests are told to come again.")
    func tooMany() async throws {
        var options = ServerOptions()
        options.threads = 1
        options.maximumWaiting = 0
        let limit = WorkLimit(options)
        let (entered, release) = (AsyncStream<Void>.makeStream(), Mutex(false))
        let first = Task.detached {
            try await limit.run {
                entered.continuation.yield()
                while !release.withLock({ $0 }) {}
            }
        }
        for await _ in entered.stream { break }
        await #expect(throws: Problem.self) { try await limit.run {} }
        release.withLock { $0 = true }
        try await first.value
        try await limit.run {}
    }

    @Test("Who waited longer than the time limit is not worked on.")
    func late() async throws {
        var options = ServerOptions()
        options.threads = 1
        options.timeout = 0
        let limit = WorkLimit(options)
        let (entered, release) = (AsyncStream<Void>.makeStream(), Mutex(false))
        let first = Task.detached {
            try await limit.run {
                entered.continuation.yield()
                while !release.withLock({ $0 }) {}
            }
        }
        for await _ in entered.stream { break }
        let second = Task.detached { try await limit.run {} }
        try await Task.sleep(for: .milliseconds(50))
        release.withLock { $0 = true }
        try await first.value
        await #expect(throws: Problem.self) { try await second.value }
        try await limit.run {}
    }
}
