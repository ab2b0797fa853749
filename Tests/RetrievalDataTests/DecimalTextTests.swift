import DecoyTestSupport
import Testing

@testable import RetrievalData

struct DecimalTextTests {
    private func double(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { DecimalText.double($0) }
    }

    private func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
        String((0..<count).map { _ in "0123456789".randomElement(using: &generator) ?? "0" })
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return "\(Double(bitPattern: generator.next()))"
        case 1: return "\(Double.random(in: -100...100, using: &generator))"
        case 2: return "\(Float.random(in: 0...1, using: &generator))"
        default:
            var text = Bool.random(using: &generator) ? "-" : ""
            text += digits(Int.random(in: 1...10, using: &generator), &generator)
            if Bool.random(using: &generator) {
                text += "." + digits(Int.random(in: 1...14, using: &generator), &generator)
            }
            if Int.random(in: 0..<3, using: &generator) == 0 {
                text += ["e", "E", "e-", "e+"].randomElement(using: &generator) ?? "e"
                text += "\(Int.random(in: 0...30, using: &generator))"
            }
            return text
        }
    }

    @Test("Bytes are read as the double that Double(_:) gives, bit for bit, or left to it.")
    func random() {
        var generator = SeededGenerator(seed: 62)
        var read = 0
        for _ in 0..<100_000 {
            let text = text(&generator)
            guard let value = double(text) else { continue }
            read += 1
            if value.bitPattern != Double(text)?.bitPattern {
                Issue.record("seed \(generator.seed): \(text) is read as \(value)")
            }
        }
        #expect(read > 60_000)
    }

    @Test("Numbers that lie half-way between doubles, or just beside, round as Double(_:) rounds.")
    func halfWay() {
        var generator = SeededGenerator(seed: 63)
        for _ in 0..<20_000 {
            // 2^53 to 2^63: doubles are 2 to 1024 apart, so whole numbers lie half-way between two.
            let exponent = UInt64.random(in: 1...10, using: &generator)
            let even = UInt64.random(in: 1 << 52..<1 << 53, using: &generator) << exponent
            for number in [even + 1 << (exponent - 1) - 1, even + 1 << (exponent - 1), even + 1 << (exponent - 1) + 1] {
                let whole = "\(number)"
                #expect(double(whole)?.bitPattern == Double(whole)?.bitPattern)
                let place = whole.index(whole.startIndex, offsetBy: Int.random(in: 1..<whole.count, using: &generator))
                let fraction = whole[..<place] + "." + whole[place...]
                #expect(double(String(fraction))?.bitPattern == Double(fraction)?.bitPattern, "\(fraction)")
            }
        }
    }

    @Test("Text that is no ordinary number is left to Double(_:).")
    func others() {
        for text in [
            "", "-", ".", ".5", "5.", "+1", "1e", "1e+", "1e1000", "1 ", "1x", "0x1p3", "nan", "inf",
            "12345678901234567890",
            "0.12345678901234567890", "1e23", "--1", "1.2.3", "1e-300",
        ] { #expect(double(text) == nil, "\(text)") }
        #expect(double("-0")?.sign == .minus)
        #expect(double("0.00000000000000000000000001") == nil)
        #expect(double("0000000000000000000000012.5") == 12.5)
        #expect(double("0.3000000000000000444") == 0.300_000_000_000_000_04)
    }

    @Test("Whole numbers have up to eighteen digits and an optional minus.")
    func integers() {
        func integer(_ text: String) -> Int? {
            var text = text
            return text.withUTF8 { DecimalText.integer($0) }
        }
        for text in ["0", "-0", "7", "-12", "999999999999999999", "007"] { #expect(integer(text) == Int(text)) }
        for text in ["", "-", "+1", "1.0", "9999999999999999999", "1 ", "x"] { #expect(integer(text) == nil) }
    }
}
