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
        let pieces = 256
        let size = (words.count + pieces - 1) / pieces
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if piece >= pieces { break }
                let range = min(piece * size, words.count)..<min((piece + 1) * size, words.count)
                let sum = words[range].withUnsafeBufferPointer { buffer -> UInt64 in
                    guard let base = buffer.baseAddress else { return 0 }
                    // Eight sums, so that no addition waits for another.
                    var sums = SIMD8<UInt64>(repeating: 0)
                    let whole = buffer.count / 32 * 32
                    for place in stride(from: 0, to: whole, by: 32) {
                        for part in 0..<4 {
                            sums &+= UnsafeRawPointer(base + place + 8 * part).loadUnaligned(as: SIMD8<UInt64>.self)
                        }
                    }
                    return sums.wrappedSum()
                }
                total.wrappingAdd(sum, ordering: .relaxed)
            }
        }
        precondition(total.load(ordering: .relaxed) != 1, "the sum is used")
        return Double(words.count * 8) / watch.wall / 1e9
    }
}
