import DurableStorage
import Foundation
import Synchronization
import Testing

@testable import LexicalSearch

struct BlockCacheTests {
    private struct Damage: Error {}

    private func block(_ number: Int, bytes: Int) -> TextBlock {
        TextBlock(
            bytes: MappedFile(name: "b", bytes: .init(repeating: UInt8(number % 251), count: bytes)).view, starts: [])
    }

    @Test("Blocks asked for lately are held, up to the limit, and others are made again.")
    func limit() throws {
        let cache = BlockCache(limit: 1000)
        var made: [Int] = []
        func ask(_ number: Int) throws {
            let found = try cache.block(number) { _ in
                made.append(number)
                return block(number, bytes: 100)
            }
            #expect(try found.bytes.load(UInt8.self, at: 99) == UInt8(number))
        }
        for number in 0..<10 { try ask(number) }
        for number in 5..<10 { try ask(number) }
        #expect(made == Array(0..<10))
        // Five that are in use stay, whatever passes by.
        for number in 10..<40 {
            try ask(number)
            try ask(7)
        }
        #expect(made.filter { $0 == 7 }.count == 1)
        try ask(0)
        #expect(made.filter { $0 == 0 }.count == 2)
    }

    @Test("A block that cannot be made is an error each time, and larger blocks than the limit are handed out.")
    func failures() throws {
        let cache = BlockCache(limit: 10)
        for _ in 0..<2 { #expect(throws: Damage.self) { try cache.block(1) { _ in throw Damage() } } }
        #expect(try cache.block(1) { _ in block(1, bytes: 500) }.bytes.count == 500)
        #expect(try cache.block(2) { _ in block(2, bytes: 500) }.bytes.count == 500)
    }

    @Test("Threads that ask at once get the right blocks, each with a decompressor of its own.")
    func threads() {
        let cache = BlockCache(limit: 2000)
        let inUse = Mutex<Set<ObjectIdentifier>>([])
        let wrong = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for step in 0..<300 {
                let number = (step * 7 + thread * 13) % 40
                let found = try? cache.block(number) { decompressor in
                    let id = ObjectIdentifier(decompressor)
                    if !inUse.withLock({ $0.insert(id).inserted }) { wrong.add(1, ordering: .relaxed) }
                    let made = block(number, bytes: 100)
                    inUse.withLock { _ = $0.remove(id) }
                    return made
                }
                if (try? found?.bytes.load(UInt8.self, at: 0)) != UInt8(number) { wrong.add(1, ordering: .relaxed) }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}
