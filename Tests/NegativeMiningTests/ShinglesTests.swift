import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct ShinglesTests {
    /// A text of few words, so that pairs have much in common, with capitals, wide gaps, punctuation and letters beyond ASCII.
    private static func text(_ random: inout SeededGenerator) -> String {
        let gaps = ["", " ", " ", ", ", "\n\t"]
        let words = ["red", "Blue", "house", "İzmir", "straße", "42", "two", "北京", "o'clock"]
        return (0..<Int.random(in: 0...12, using: &random)).map { _ in
            words[Int.random(in: 0..<words.count, using: &random)]
                + gaps[Int.random(in: 0..<gaps.count, using: &random)]
        }.joined()
    }

    @Test("The similarity of two texts equals that of plain sets of their runs.", arguments: 0..<30)
    func equalsNaive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for shingling in [Shingling.words(1), .words(3), .characters(1), .characters(5)] {
            let (one, other) = (Self.text(&random), Self.text(&random))
            let similarity = Shingles(one, shingling).jaccard(Shingles(other, shingling))
            #expect(similarity == NaiveMiner.jaccard(one, other, shingling), "seed \(seed), \(one), \(other)")
        }
    }

    @Test("Case and the width of white space don't count, and an empty text is like an empty text alone.")
    func folding() {
        #expect(Shingles("  One\n TWO ", .characters(4)) == Shingles("one two", .characters(4)))
        #expect(Shingles("One, two!", .words(2)) == Shingles("one two", .words(2)))
        #expect(Shingles("", .words(2)).jaccard(Shingles(" ", .words(2))) == 1)
        #expect(Shingles("", .words(2)).jaccard(Shingles("a", .words(2))) == 0)
    }

    /// Two sets of a given size and overlap.
    private static func pair(size: Int, common: Int, seed: UInt64) -> (Shingles, Shingles) {
        func words(_ range: Range<Int>) -> String { range.map { "w\(seed)x\($0)" }.joined(separator: " ") }
        return (
            Shingles(words(0..<size), .words(1)), Shingles(words((size - common)..<(2 * size - common)), .words(1))
        )
    }

    @Test("Signatures estimate the similarity to within four standard deviations.", arguments: 0..<20)
    func estimate(seed: UInt64) {
        let (one, other) = Self.pair(size: 60, common: Int(seed) * 3, seed: seed)
        let exact = one.jaccard(other)
        let estimate = MinHashSignature(one).jaccard(MinHashSignature(other))
        #expect(abs(estimate - exact) <= 4 * (exact * (1 - exact) / 64).squareRoot() + 0.05, "seed \(seed)")
        #expect(MinHashSignature(one).jaccard(MinHashSignature(one)) == 1)
    }

    @Test("No pair that reaches the threshold is ruled out, and most of those far below it are.")
    func preliminaryCheck() {
        var passed = 0
        for seed in 0..<60 as Range<UInt64> {
            let (one, other) = Self.pair(size: 40, common: 36, seed: seed)
            let exact = one.jaccard(other)
            #expect(MinHashSignature(one).mayReach(exact, with: MinHashSignature(other)), "seed \(seed)")
            let (left, right) = Self.pair(size: 40, common: 20, seed: seed)
            passed += MinHashSignature(left).mayReach(0.8, with: MinHashSignature(right)) ? 1 : 0
        }
        #expect(passed < 10)
        let (one, other) = (Shingles("a b c d", .words(1)), Shingles("a", .words(1)))
        #expect(!MinHashSignature(one).mayReach(0.5, with: MinHashSignature(other)))
    }
}
