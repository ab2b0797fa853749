import Dispatch
import Synchronization

/// Adds up a block of memory from end to end: what the machine's memory gives to a loop that only reads.
final class StreamingRead: Sendable {
    private let words: [UInt64]
    private let threads: Int

    init(bytes: Int, threads: Int) {
        words = [UInt64](repeating: 0x0102_0304, count: max(1, bytes / 8))
        self.threads = threads
    }

    func gigabytesPerSecond() -> Double {
        let watch = Stopwatch()
        let total = Atomic<UInt64>(0)
        let pieces = threads * 8
        let size = (words.count + pieces - 1) / pieces
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for piece in stride(from: thread, to: pieces, by: threads) {
                let range = min(piece * size, words.count)..<min((piece + 1) * size, words.count)
                let sum = words[range].withUnsafeBufferPointer { buffer in
                    var sum: UInt64 = 0
                    for word in buffer { sum &+= word }
                    return sum
                }
                total.wrappingAdd(sum, ordering: .relaxed)
            }
        }
        precondition(total.load(ordering: .relaxed) != 1, "the sum is used")
        return Double(words.count * 8) / watch.wall / 1e9
    }
}
