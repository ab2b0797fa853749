import DecoyTestSupport
import Testing

@testable import TextAnalysis

/// A normalization step and whether it does nothing the second time.
private struct Step: CustomTestStringConvertible {
    var name: String
    var isIdempotent = true
    var apply: (inout [UInt8]) -> Void
    var testDescription: String { name }
}

private func steps() -> [Step] {
    var steps = [
        Step(name: "TurkishCase", apply: TurkishCase.apply),
        Step(name: "Apostrophe", isIdempotent: false, apply: Apostrophe.apply),
        Step(name: "Elision, French") { Elision.apply(to: &$0, articles: Elision.french) },
        Step(name: "Elision, Italian") { Elision.apply(to: &$0, articles: Elision.italian) },
        Step(name: "Elision, Catalan") { Elision.apply(to: &$0, articles: Elision.catalan) },
        Step(name: "GermanFolding", isIdempotent: false, apply: GermanFolding.apply),
        Step(name: "DiacriticFolding", apply: DiacriticFolding.apply),
        Step(name: "GreekFolding", apply: GreekFolding.apply),
        Step(name: "RussianFolding", apply: RussianFolding.apply),
        Step(name: "RomanianFolding", apply: RomanianFolding.apply),
        Step(name: "ArabicConjunction", isIdempotent: false, apply: ArabicConjunction.apply),
        Step(name: "ArabicFolding", apply: ArabicFolding.apply),
        Step(name: "HindiFolding", apply: HindiFolding.apply),
        Step(name: "HindiFolding.shortenVowels", apply: HindiFolding.shortenVowels),
        Step(name: "DigitFolding", apply: DigitFolding.apply),
        Step(name: "KanaFolding.toHiragana", apply: KanaFolding.toHiragana),
        Step(
            name: "KanaFolding.removeFinalProlongedSound", isIdempotent: false,
            apply: KanaFolding.removeFinalProlongedSound),
        Step(name: "KanaFolding.expandIterationMarks", apply: KanaFolding.expandIterationMarks),
        Step(name: "VietnameseFolding", apply: VietnameseFolding.apply),
        Step(name: "ThaiFolding", apply: ThaiFolding.apply),
    ]
    steps.append(Step(name: "SimplifiedChinese", apply: SimplifiedChinese.apply))
    return steps
}

/// Random strings of mixed scripts: some of one block, some of letters that the steps care about, some of anything.
private struct MixedText {
    var random: SeededGenerator

    private static let blocks: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0xC0...0x24F, 0x300...0x36F, 0x370...0x3FF, 0x400...0x52F, 0x590...0x5FF, 0x600...0x6FF,
        0x900...0x97F,
        0x980...0x9FF, 0xE00...0xE7F, 0xE80...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1E00...0x1EFF, 0x1F00...0x1FFF,
        0x2000...0x206F, 0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFB50...0xFEFF, 0xFF00...0xFFEF,
        0x1_0000...0x1_FFFF,
    ]
    private static let letters = Array(
        "dlu'’jtaeäoöuüqßłøæIiİı\u{301}\u{306}\u{307}\u{308}ςόиейёѐѝșțﻻةىآ\u{64E}ـनअआ\u{93C}\u{93E}\u{945}\u{947}\u{94D}१ーゝゞヽヾ々時カかが\u{E33}\u{E32}\u{E40}\u{E41}\u{E48}\u{E4C}\u{E4D}\u{E35}\u{E38}\u{EB3}\u{EB2}\u{EC8}\u{ECD}臺髮著乾"
            .unicodeScalars)

    mutating func next() -> String {
        var scalars = String.UnicodeScalarView()
        let block = Self.blocks[Int.random(in: 0..<Self.blocks.count, using: &random)]
        let style = Int.random(in: 0..<4, using: &random)
        // Neighbours in the list belong together, so a few of them make dense text of one script.
        let first = Int.random(in: 0..<(Self.letters.count - 10), using: &random)
        let few = Self.letters[first..<(first + 10)]
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let scalar: Unicode.Scalar?
            switch style {
            case 0: scalar = few.randomElement(using: &random)
            case 1: scalar = Unicode.Scalar(UInt32.random(in: block, using: &random))
            case 2: scalar = Unicode.Scalar(UInt32.random(in: 0...0x10_FFFF, using: &random))
            default:
                let isLetter = Bool.random(using: &random)
                scalar =
                    isLetter
                    ? Self.letters.randomElement(using: &random)
                    : Unicode.Scalar(UInt32.random(in: block, using: &random))
            }
            if let scalar { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

@Suite("Properties of all foldings")
struct FoldingPropertyTests {
    @Test("Every step gives well-formed UTF-8 and does nothing the second time.")
    func wellFormedAndIdempotent() {
        let steps = steps()
        var text = MixedText(random: SeededGenerator(seed: 4_2026))
        for round in 0..<2500 {
            let term = Array(text.next().utf8)
            for step in steps {
                var once = term
                step.apply(&once)
                let isWellFormed = String(validating: once, as: UTF8.self) != nil
                var twice = once
                step.apply(&twice)
                if !isWellFormed || (step.isIdempotent && twice != once) {
                    let shown = String(decoding: term, as: UTF8.self).unicodeScalars.map { String($0.value, radix: 16) }
                    Issue.record("\(step.name), seed \(text.random.seed), round \(round): \(shown)")
                }
            }
        }
    }

    @Test("No step traps on bytes that are not UTF-8.")
    func illFormed() {
        let steps = steps()
        var random = SeededGenerator(seed: 77)
        let likely: [UInt8] = [
            0x27, 0x49, 0x65, 0x75, 0xC4, 0xB0, 0xCC, 0x87, 0xE0, 0xB8, 0xE2, 0x80, 0x99, 0xE3, 0x83, 0xBC, 0xF0, 0xFF,
        ]
        for _ in 0..<500 {
            let term = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                likely[Int.random(in: 0..<likely.count, using: &random)]
            }
            for step in steps {
                var folded = term
                step.apply(&folded)
            }
        }
    }

    @Test("A long term passes every step.")
    func longTerm() {
        let term = Array(String(repeating: "аé'आ\u{93E}น้ำ々臺I\u{307}ー١", count: 100).utf8)
        for step in steps() {
            var folded = term
            step.apply(&folded)
            #expect(String(validating: folded, as: UTF8.self) != nil, "\(step.name)")
        }
    }

    @Test("Plain lower-case ASCII without e and apostrophe passes unchanged.")
    func ascii() {
        let term = Array("plain_word42".utf8)
        for step in steps() {
            var folded = term
            step.apply(&folded)
            #expect(folded == term, "\(step.name)")
        }
    }
}
