import Synchronization

/// The heaps of one group of queries, filled by several threads.
final class SharedHeaps: Sendable {
    private let heaps: Mutex<[BoundedHeap]>

    init(count: Int, k: Int) { heaps = Mutex([BoundedHeap](repeating: BoundedHeap(k: k), count: count)) }

    func thresholds() -> [Float] { heaps.withLock { $0.map(\.threshold) } }

    func merge(_ found: [BoundedHeap], _ before: (Int, Int) -> Bool) {
        heaps.withLock { held in
            for (index, heap) in found.enumerated() { held[index].merge(heap, before) }
        }
    }

    func sorted(_ before: (Int, Int) -> Bool) -> [[BoundedHeap.Entry]] {
        heaps.withLock { $0.map { $0.sorted(before) } }
    }
}
