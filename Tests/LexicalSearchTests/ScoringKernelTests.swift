import CKernels
import DecoyTestSupport
import Testing

@testable import LexicalSearch

@Suite("Scoring kernels")
struct ScoringKernelTests {
    @Test("Every implementation adds the same bits as the formula in Swift.")
    func contributions() {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let base: UInt32 = 64
            let documents = Array(
                (0..<500).map { UInt32($0) + base }.shuffled(using: &random)
                    .prefix(Int.random(in: 0...128, using: &random))
            ).sorted()
            let once = Bool.random(using: &random)
            let frequencies = documents.map { _ in once ? 1 : UInt32.random(in: 1...50, using: &random) }
            let norms = (0..<600).map { _ in
                [0, .infinity, Float.random(in: 0.01...3, using: &random)].randomElement(using: &random) ?? 1
            }
            let slope = Float.random(in: 0.001...20, using: &random)
            let saturation = Saturation(
                ceiling: slope * Float.random(in: 1...2, using: &random), slope: slope,
                offset: Float.random(in: 1...2, using: &random))
            let start = (0..<500).map { _ in Double.random(in: 0...10, using: &random) }
            var expected = start
            var parts: [Float] = []
            for (document, frequency) in zip(documents, frequencies) {
                let part = saturation.score(frequency: Float(frequency), inverseNorm: norms[Int(document)])
                parts.append(part)
                expected[Int(document - base)] += Double(part)
            }
            for implementation in 0...2 as ClosedRange<Int32> {
                var sums = start
                var found = [Float](repeating: 0, count: documents.count)
                let ran = frequencies.withUnsafeBufferPointer { frequencies in
                    let counts = once ? nil : frequencies.baseAddress
                    return ck_contributions_with(
                        implementation, documents, counts, documents.count, saturation.kernel, norms, &found)
                        && ck_add_contributions_with(
                            implementation, documents, counts, documents.count, saturation.kernel, norms, base, &sums)
                }
                if !ran { continue }
                let note = "seed \(seed), implementation \(implementation)"
                #expect(found.map(\.bitPattern) == parts.map(\.bitPattern), "\(note)")
                #expect(sums.map(\.bitPattern) == expected.map(\.bitPattern), "\(note)")
            }
        }
    }

    @Test("Every implementation takes the sums that reach the cut, in order, and leaves zeros.")
    func taking() {
        for seed in 1...100 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = 32 * Int.random(in: 1...8, using: &random)
            let spread: Double = ([1, 1.2, 20] as [Double]).randomElement(using: &random) ?? 1
            var start = (0..<count).map { _ in Double.random(in: 0...spread, using: &random) }
            start[Int.random(in: 0..<count, using: &random)] = .nan
            let expected = start.indices.filter { start[$0] >= 0.95 }
            for implementation in 0...2 as ClosedRange<Int32> {
                var sums = start
                var found = [UInt32](repeating: 0, count: count)
                var values = [Double](repeating: 0, count: count)
                var number = 0
                guard ck_take_at_least_with(implementation, &sums, count, 0.95, 7, &found, &values, &number) else {
                    continue
                }
                #expect(found.prefix(number).map { Int($0) - 7 } == expected, "seed \(seed)")
                #expect(values.prefix(number).map { $0 } == expected.map { start[$0] }, "seed \(seed)")
                #expect(sums.allSatisfy { $0 == 0 }, "seed \(seed)")
            }
            var sums = start
            var found = [UInt32](repeating: 0, count: 2 * count)
            var values = [Double](repeating: 0, count: 2 * count)
            let listed = (0..<(2 * count)).map { _ in UInt32.random(in: 0..<UInt32(count), using: &random) + 7 }
            let number = ck_take_listed(&sums, listed, listed.count, 0.95, 7, &found, &values)
            let touched = Set(listed)
            #expect(
                found.prefix(number).sorted() == expected.map { UInt32($0) + 7 }.filter(touched.contains),
                "seed \(seed)")
            #expect(listed.allSatisfy { sums[Int($0) - 7] == 0 }, "seed \(seed)")
        }
    }

    @Test("Every implementation counts the documents below a limit.")
    func counting() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let documents = (0..<128).map { _ in UInt32.random(in: 0...UInt32(Int32.max), using: &random) }
            let limit = documents.randomElement(using: &random) ?? 0
            for implementation in 0...2 as ClosedRange<Int32> {
                var count = -1
                guard ck_count_below_with(implementation, documents, limit, &count) else { continue }
                #expect(count == documents.count { $0 < limit })
            }
        }
    }

    @Test("Selection and sorting of keys are those of the standard library, with many equal halves too.")
    func keys() {
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...700, using: &random)
            let mask: UInt64 =
                [.max, 0xFFFF_FFFF, 0x3_0000_0007, 0x0FFF_FFFF_0000_0000, 1].randomElement(
                    using: &random) ?? 0
            let keys = (0..<count).map { _ in UInt64.random(in: 0 ... .max, using: &random) & mask }
            let sorted = keys.sorted(by: >)
            var scratch = [UInt64](repeating: 0, count: count)
            var found = keys
            ck_sort_descending(&found, count, &scratch)
            #expect(found == sorted, "seed \(seed)")
            let k = Int.random(in: 0...count, using: &random)
            found = keys
            ck_select_largest(&found, count, k, &scratch)
            #expect(found.prefix(k).sorted(by: >) == Array(sorted.prefix(k)), "seed \(seed), k \(k)")
            #expect(found.sorted(by: >) == sorted, "seed \(seed), k \(k)")
        }
    }
}
