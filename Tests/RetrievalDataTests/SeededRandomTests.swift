import DecoyTestSupport
import RetrievalData
import Testing

struct SeededRandomTests {
    @Test("The stream is SplitMix64's published one.")
    func publishedStream() {
        var random = SeededRandom(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
    }

    @Test("Numbers, shuffles and samples of a seed never change.")
    func frozen() {
        var random = SeededRandom(seed: 42)
        #expect((0..<8).map { _ in random.next(below: 10) } == [7, 1, 2, 3, 0, 8, 2, 8])
        var shuffling = SeededRandom(seed: 7)
        #expect(shuffling.shuffled(Array(0..<8)) == [7, 4, 6, 1, 2, 5, 0, 3])
        #expect(shuffling.sample(3, from: Array(0..<100)).count == 3)
    }

    @Test("A bounded number is below its bound and every value comes up.")
    func bounds() {
        var random = SeededRandom(seed: 3)
        for bound in [1, 2, 3, 7, 100] {
            var seen: Set<Int> = []
            for _ in 0..<(bound * 30) {
                let number = random.next(below: bound)
                #expect(number >= 0 && number < bound)
                seen.insert(number)
            }
            #expect(seen.count == bound)
        }
        #expect(random.next(below: Int.max) < Int.max)
    }

    @Test("A sample has no element twice and is empty or whole at the ends.")
    func samples() {
        var random = SeededRandom(seed: 11)
        for count in [-1, 0, 1, 5, 10, 20] {
            let sample = random.sample(count, from: Array(0..<10))
            #expect(Set(sample).count == sample.count)
            #expect(sample.count == min(max(count, 0), 10))
        }
    }

    @Test("FNV-1a gives its published values, and a seed changes them.")
    func fnv() {
        #expect(StableHash.fnv1a64("") == 0xcbf2_9ce4_8422_2325)
        #expect(StableHash.fnv1a64("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(StableHash.fnv1a64("foobar") == 0x8594_4171_f739_67e8)
        #expect(StableHash.fnv1a64("a", seed: 1) != StableHash.fnv1a64("a", seed: 2))
    }

    @Test("The test generator and the product's generator agree.")
    func generatorsAgree() {
        var one = SeededRandom(seed: 99)
        var other = SeededGenerator(seed: 99)
        for _ in 0..<100 { #expect(one.next() == other.next()) }
    }
}
