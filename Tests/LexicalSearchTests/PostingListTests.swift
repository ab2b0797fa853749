import CKernels
import DecoyTestSupport
import DurableStorage
import Testing

@testable import LexicalSearch

@Suite("Posting lists and bit packing")
struct PostingListTests {
    @Test("Packed blocks come back from every implementation, for every width.", arguments: 0...32)
    func packing(bits: Int) {
        var random = SeededGenerator(seed: UInt64(bits))
        let mask = bits == 32 ? UInt32.max : (1 << UInt32(bits)) - 1
        let values = (0..<128).map { _ in random.next32() & mask }
        var packed = [UInt8](repeating: 0xAA, count: 16 * bits + 16)
        ck_pack128(values, UInt32(bits), &packed)
        #expect(packed[(16 * bits)...].allSatisfy { $0 == 0xAA })
        let base: UInt32 = 1000
        var sum = base
        let sums = values.map { value in
            sum = sum &+ value &+ 1
            return sum
        }
        var implementations = 0
        for implementation in 0...2 as ClosedRange<Int32> {
            var unpacked = [UInt32](repeating: 7, count: 128)
            guard ck_unpack128_with(implementation, packed, UInt32(bits), 5, &unpacked) else { continue }
            #expect(unpacked == values.map { $0 &+ 5 }, "implementation \(implementation)")
            #expect(ck_unpack128_gaps_with(implementation, packed, UInt32(bits), base, &unpacked))
            #expect(unpacked == sums, "implementation \(implementation)")
            implementations += 1
        }
        #expect(implementations >= 1)
        var unpacked = [UInt32](repeating: 7, count: 128)
        ck_unpack128(packed, UInt32(bits), 0, &unpacked)
        #expect(unpacked == values)
        ck_unpack128_gaps(packed, UInt32(bits), base, &unpacked)
        #expect(unpacked == sums)
    }

    private func postings(_ random: inout SeededGenerator, count: Int, limit: Int) -> (
        documents: [UInt32], frequencies: [UInt32]
    ) {
        var documents: Set<UInt32> = []
        while documents.count < count { documents.insert(UInt32.random(in: 0..<UInt32(limit), using: &random)) }
        let frequencies = (0..<count).map { _ in
            UInt32.random(in: 0...20, using: &random) == 0 ? UInt32.random(in: 1...2000, using: &random) : 1
        }
        return (documents.sorted(), frequencies)
    }

    private func encode(_ documents: [UInt32], _ frequencies: [UInt32], codes: LengthCodes, lengths: [UInt32])
        -> [UInt8]
    {
        var encoder = PostingListEncoder(lengthCodes: codes.codes(of: lengths), codes: codes, averageLength: 50)
        var output = ByteWriter()
        documents.withUnsafeBufferPointer { documents in
            frequencies.withUnsafeBufferPointer { encoder.encode(documents: documents, frequencies: $0, into: &output) }
        }
        return output.bytes
    }

    @Test(
        "Lists of every kind of length come back, are found by document, and are bounded.",
        arguments: [
            1, 2, 127, 128, 129, 255, 256, 257, 1000,
        ])
    func roundTrip(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        let limit = 5000
        let lengths = (0..<limit).map { _ in UInt32.random(in: 1...400, using: &random) }
        let codes = LengthCodes(of: lengths)
        let codeOf = codes.codes(of: lengths)
        let (documents, frequencies) = postings(&random, count: count, limit: limit)
        let view = MappedFile(name: "x", bytes: encode(documents, frequencies, codes: codes, lengths: lengths)).view
        var cursor = try PostingCursor(view, count: count, documentLimit: limit)
        var found: ([UInt32], [UInt32]) = ([], [])
        while try cursor.next() {
            for index in 0..<cursor.size {
                found.0.append(cursor.documents[index])
                found.1.append(cursor.frequencies[index])
                let length = codeOf[Int(cursor.documents[index])]
                if cursor.hasDirectory {
                    #expect(
                        cursor.bound(ofBlock: cursor.block).covers(frequency: cursor.frequencies[index], length: length)
                    )
                    #expect(cursor.bound?.covers(frequency: cursor.frequencies[index], length: length) == true)
                }
            }
        }
        #expect(found.0 == documents)
        #expect(found.1 == frequencies)
        var seeker = try PostingCursor(view, count: count, documentLimit: limit)
        var target = UInt32(0)
        while target < limit {
            let next = documents.first { $0 >= target }
            let reached = try seeker.advance(to: target)
            #expect(reached == (next != nil))
            if reached {
                #expect((seeker.find(target) != nil) == documents.contains(target))
            } else {
                break
            }
            target += UInt32.random(in: 0...300, using: &random)
        }
    }

    @Test("A decoder given any bytes throws or gives documents that ascend below the limit; it never traps.")
    func hostile() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let limit = 3000
            let count = Int.random(in: 1...600, using: &random)
            var bytes: [UInt8]
            if seed % 2 == 0 {
                let (documents, frequencies) = postings(&random, count: count, limit: limit)
                bytes = encode(
                    documents, frequencies, codes: LengthCodes(lengths: [1]),
                    lengths: [UInt32](repeating: 1, count: limit))
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                bytes.removeLast(Int.random(in: 0...min(20, bytes.count), using: &random))
            } else {
                bytes = (0..<Int.random(in: 0...3000, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            }
            do {
                var cursor = try PostingCursor(
                    MappedFile(name: "x", bytes: bytes).view, count: count, documentLimit: limit)
                while try cursor.next() {
                    var last = -1
                    for index in 0..<cursor.size {
                        #expect(
                            Int(cursor.documents[index]) > last && Int(cursor.documents[index]) < limit, "seed \(seed)")
                        #expect(cursor.frequencies[index] >= 1, "seed \(seed)")
                        last = Int(cursor.documents[index])
                    }
                }
            } catch is StorageError {}
        }
    }

    @Test("A bound of three pairs covers every pair that was added.")
    func bounds() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let codes = LengthCodes(lengths: (0..<256).map { UInt32(1 + 3 * $0) })
            var builder = BlockBoundBuilder(codes: codes, averageLength: 100)
            for _ in 0..<3 {
                let pairs = (0..<Int.random(in: 1...128, using: &random)).map { _ in
                    (
                        UInt32.random(in: 1...(Bool.random(using: &random) ? 8 : 400), using: &random),
                        UInt8.random(in: 0...255, using: &random)
                    )
                }
                for pair in pairs { builder.add(frequency: pair.0, length: pair.1) }
                let bound = builder.take()
                for pair in pairs { #expect(bound.covers(frequency: pair.0, length: pair.1), "seed \(seed)") }
                #expect(
                    bound
                        == BlockBound(
                            bound.bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }))
            }
        }
    }

    @Test("A length's code stands for a length that is not above it, and for the very length where there are few.")
    func lengthCodes() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let spread = [10, 250, 3000, 200_000].randomElement(using: &random) ?? 10
            let lengths = (0..<1000).map { _ in UInt32.random(in: 0...UInt32(spread), using: &random) }
            let codes = LengthCodes(of: lengths)
            #expect(codes.lengths.count <= 256)
            #expect(codes.lengths == codes.lengths.sorted())
            for (length, code) in zip(lengths, codes.codes(of: lengths)) where length > 0 {
                #expect(codes.lengths[Int(code)] <= length, "seed \(seed)")
                if Int(code) + 1 < codes.lengths.count {
                    #expect(codes.lengths[Int(code) + 1] > length, "seed \(seed)")
                }
                if spread <= 250 { #expect(codes.lengths[Int(code)] == length, "seed \(seed)") }
            }
        }
    }
}

extension SeededGenerator {
    mutating func next32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }
}
