import DurableStorage
import Synchronization

/// A decompressed block of stored texts, with the place where each of its documents begins.
struct TextBlock: Sendable {
    let bytes: ByteView
    let starts: [Int]

    /// The number of bytes held.
    var count: Int { bytes.count + starts.count * MemoryLayout<Int>.size }
}

/// Decompressed blocks of a text store: the ones asked for lately, up to a limit of bytes.
///
/// Two generations: where the young one holds half of the limit it becomes the old one, and what was the old one is dropped; a block found
/// among the old becomes young again. Any number of threads may ask; two that ask for the same absent block both decompress it.
final class BlockCache: Sendable {
    /// The most bytes held.
    let limit: Int
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var young: [Int: TextBlock] = [:]
        var old: [Int: TextBlock] = [:]
        var youngBytes = 0
        var idle: [Idle] = []
    }

    /// A decompressor that no thread uses.
    private struct Idle: @unchecked Sendable {
        let decompressor: BlockDecompressor
    }

    /// A cache of so many bytes.
    init(limit: Int) { self.limit = limit }

    /// The block of a number; `decompress` makes it where it is not held.
    func block(_ number: Int, decompress: (BlockDecompressor) throws -> TextBlock) throws -> TextBlock {
        let (known, idle) = state.withLock { state -> (TextBlock?, Idle?) in
            if let view = state.young[number] { return (view, nil) }
            if let view = state.old.removeValue(forKey: number) {
                keep(view, number, &state)
                return (view, nil)
            }
            return (nil, state.idle.popLast())
        }
        if let known { return known }
        let lent = idle ?? Idle(decompressor: BlockDecompressor())
        let view = try decompress(lent.decompressor)
        state.withLock { state in
            state.idle.append(lent)
            if state.young[number] == nil { keep(view, number, &state) }
        }
        return view
    }

    private func keep(_ view: TextBlock, _ number: Int, _ state: inout State) {
        if state.youngBytes + view.count > limit / 2 {
            state.old = state.young
            state.young = [:]
            state.youngBytes = 0
        }
        state.young[number] = view
        state.youngBytes += view.count
    }
}
