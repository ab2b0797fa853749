import CICU

/// What a character is to BERT's normalizer and pre-tokenizer, as one bit each.
///
/// Hugging Face's tokenizers takes general categories from Unicode 8 (later characters count as unassigned there, and some have
/// changed since) and canonical decompositions and classes from Unicode 9. The same is done here, so that both give the same ids.
/// It lowercases by the newest Unicode; so does this, by Swift's library for characters that ICU does not know.
struct BertCharacter: OptionSet {
    let rawValue: UInt8

    /// Controls, formats, private use, U+FFFD: dropped by `cleanText`.
    static let dropped = BertCharacter(rawValue: 1)
    static let whitespace = BertCharacter(rawValue: 2)
    static let punctuation = BertCharacter(rawValue: 4)
    static let chinese = BertCharacter(rawValue: 8)
    /// A non-spacing mark: dropped with accents.
    static let mark = BertCharacter(rawValue: 16)
    static let decomposes = BertCharacter(rawValue: 32)
    /// Has a combining class and is kept: canonical ordering may move it.
    static let reorders = BertCharacter(rawValue: 64)
    static let lowercases = BertCharacter(rawValue: 128)

    private static let basicPlane: [UInt8] = (0..<0x1_0000).map { BertCharacter(computing: UInt32($0)).rawValue }

    /// The properties of a character.
    @inline(__always) static func of(_ scalar: UInt32) -> BertCharacter {
        scalar < 0x1_0000 ? BertCharacter(rawValue: basicPlane[Int(scalar)]) : BertCharacter(computing: scalar)
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(computing c: UInt32) {
        let isKnown = (1...8).contains(cicu_age(c))
        let category = isKnown ? cicu_general_category(c) : 0
        var properties: BertCharacter = []
        // ICU's numbers: 6 Mn, 15 Cc, 16 Cf, 17 Co, 18 Cs, 19 to 23 Pd Ps Pe Pc Po, 28 and 29 Pi Pf.
        if c != 9, c != 10, c != 13, c == 0 || c == 0xFFFD || (15...18).contains(category) {
            properties.insert(.dropped)
        }
        if cicu_is_white_space(c) != 0 { properties.insert(.whitespace) }
        let isPunctuation = (19...23).contains(category) || category == 28 || category == 29
        if isPunctuation || Self.isASCIIPunctuation(c) || c == 0x166D || c == 0x111C9 {
            properties.insert(.punctuation)
        }
        if Self.isChinese(c) { properties.insert(.chinese) }
        let isMark = category == 6 ? ![0x1885, 0x1886, 0xA9BD, 0x111C9].contains(c) : c == 0x1734
        if isMark { properties.insert(.mark) }
        if !isMark, Self.combiningClass(c) != 0 { properties.insert(.reorders) }
        if !Self.decomposition(c).isEmpty { properties.insert(.decomposes) }
        if Self.lowercase(c) != [c] { properties.insert(.lowercases) }
        self = properties
    }

    static func isASCIIPunctuation(_ c: UInt32) -> Bool {
        (33...47).contains(c) || (58...64).contains(c) || (91...96).contains(c) || (123...126).contains(c)
    }

    /// The ranges of Hugging Face's `is_chinese_char`, its gap before U+2B920 included.
    private static func isChinese(_ c: UInt32) -> Bool {
        switch c {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF,
            0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// The canonical combining class.
    static func combiningClass(_ c: UInt32) -> Int32 { cicu_age(c) <= 9 ? cicu_combining_class(c) : 0 }

    /// The full canonical decomposition; empty where there is none.
    static func decomposition(_ c: UInt32) -> [UInt32] {
        guard cicu_age(c) <= 9 else { return [] }
        return [UInt32](unsafeUninitializedCapacity: 32) { buffer, count in
            count = Int(cicu_decompose(c, buffer.baseAddress, Int32(buffer.count)))
        }
    }

    /// The full lower-case mapping without context, as Rust's `char::to_lowercase`.
    static func lowercase(_ c: UInt32) -> [UInt32] {
        if c == 0x130 { return [0x69, 0x307] }
        if cicu_age(c) == 0, let scalar = Unicode.Scalar(c) {
            return scalar.properties.lowercaseMapping.unicodeScalars.map(\.value)
        }
        return [cicu_lowercase(c)]
    }
}
