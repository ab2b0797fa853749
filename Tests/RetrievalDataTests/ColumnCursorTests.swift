import DecoyTestSupport
import Testing

@testable import RetrievalData

struct ColumnCursorTests {
    @Test("Columns are what blanks separate, and every byte but printable ASCII and blanks is noticed.")
    func random() throws {
        var generator = SeededGenerator(seed: 69)
        for _ in 0..<5_000 {
            let odd = Int.random(in: 0..<4, using: &generator) == 0
            let line = (0..<Int.random(in: 1...40, using: &generator)).map { _ -> UInt8 in
                switch Int.random(in: 0..<40, using: &generator) {
                case 0..<6: 32
                case 6: 9
                case 7 where odd: UInt8.random(in: 0...255, using: &generator)
                case 8: [33, 126].randomElement(using: &generator) ?? 33
                default: UInt8.random(in: 33...126, using: &generator)
                }
            }
            let isPlain = line.allSatisfy { $0 == 9 || 32...126 ~= $0 }
            let expected = line.split { $0 == 32 || $0 == 9 }
            line.withUnsafeBufferPointer { bytes in
                guard var cursor = ColumnCursor(bytes) else { return }
                for column in expected where cursor.isPlain {
                    let found = cursor.next()
                    #expect(!cursor.isPlain || found.elementsEqual(column), "seed \(generator.seed)")
                }
                #expect(!cursor.isPlain || cursor.next().isEmpty)
                #expect(cursor.isPlain == isPlain, "seed \(generator.seed): \(line)")
            }
        }
        #expect(ColumnCursor(UnsafeBufferPointer(start: nil, count: 0)) == nil)
    }
}
