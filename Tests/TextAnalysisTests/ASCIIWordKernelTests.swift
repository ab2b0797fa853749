import CKernels
import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("Words of ASCII text")
struct ASCIIWordKernelTests {
    /// Spans by one implementation, a few at a time; nil where this machine cannot run it.
    private func words(_ implementation: Int32, _ text: [UInt8], capacity: Int) -> [[UInt32]]? {
        var all: [[UInt32]] = []
        var first = 0
        repeat {
            var spans = [ck_span](repeating: ck_span(), count: capacity)
            var (next, found) = (0, 0)
            let rest = Array(text[first...])
            guard ck_ascii_words_with(implementation, rest, rest.count, &spans, capacity, &next, &found) else {
                return nil
            }
            all += spans[..<found].map { [$0.start + UInt32(first), $0.end + UInt32(first)] }
            if next == 0 { break }
            first += next
        } while first < text.count
        return all
    }

    @Test("Every implementation finds the words of the plain twin, across blocks and batches.")
    func implementations() {
        let alphabets: [[UInt8]] = [
            Array("ab1_'.,; -".utf8), Array("aB9__..''".utf8), Array("abcdefghijklmnop 12".utf8), Array(0..<128),
            Array("_ a".utf8),
        ]
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let alphabet = alphabets[Int(seed) % alphabets.count]
            let text = (0..<Int.random(in: 0...700, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0x20
            }
            let expected = words(0, text, capacity: 1024)
            for implementation in 0...2 as ClosedRange<Int32> {
                guard let found = words(implementation, text, capacity: 64) else { continue }
                #expect(found == expected, "seed \(seed), implementation \(implementation)")
            }
        }
    }

    @Test("A text of one word is one word, however long.")
    func longWord() {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
        for implementation in 0...2 as ClosedRange<Int32> {
            guard let found = words(implementation, text, capacity: 64) else { continue }
            #expect(found == [[0, 100_000]], "implementation \(implementation)")
        }
    }
}
