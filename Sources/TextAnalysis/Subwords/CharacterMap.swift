/// SentencePiece's table of normalizations (`precompiled_charsmap`): a double-array trie whose values are offsets into a text.
///
/// Layout, little-endian: the trie's size in bytes as u32, its units of u32, then replacements that each end with a zero byte. The trie is
/// that of Darts-clone. As Hugging Face's tokenizers does it, a grapheme of fewer than 6 bytes of which a prefix is in the table is
/// replaced whole; else each of its characters is looked up.
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    init(base64 text: String) throws {
        guard let bytes = Base64.decode(text), bytes.count >= 4 else { throw Self.damaged }
        let word = { (i: Int) in
            UInt32(bytes[i]) | UInt32(bytes[i + 1]) << 8 | UInt32(bytes[i + 2]) << 16 | UInt32(bytes[i + 3]) << 24
        }
        let size = Int(word(0))
        guard size > 0, size % 4 == 0, size <= bytes.count - 4 else { throw Self.damaged }
        units = (0..<size / 4).map { word(4 + 4 * $0) }
        replacements = Array(bytes[(4 + size)...])
        guard String(validating: replacements, as: UTF8.self) != nil else { throw Self.damaged }
    }

    private static let damaged = SubwordError.malformed(reason: "\"precompiled_charsmap\" is damaged")

    /// Replaces what the table has.
    func apply(_ text: inout [UInt32]) {
        var result: [UInt32] = []
        result.reserveCapacity(text.count)
        var string = String.UnicodeScalarView()
        for scalar in text { string.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
        for grapheme in String(string) {
            if grapheme.utf8.count < 6, let replacement = find(grapheme.utf8) {
                result += replacement
                continue
            }
            for scalar in grapheme.unicodeScalars {
                if let replacement = find(String(scalar).utf8) {
                    result += replacement
                } else {
                    result.append(scalar.value)
                }
            }
        }
        text = result
    }

    /// The replacement of the shortest prefix that the trie has.
    private func find(_ key: some Sequence<UInt8>) -> [UInt32]? {
        guard var place = units.first.map({ Int(Self.offset($0)) }) else { return nil }
        for byte in key {
            if byte == 0 { return nil }
            place ^= Int(byte)
            guard place < units.count, units[place] & 0x8000_00FF == UInt32(byte) else { return nil }
            let unit = units[place]
            place ^= Int(Self.offset(unit))
            if unit >> 8 & 1 == 1 {
                guard place < units.count else { return nil }
                let start = Int(units[place] & 0x7FFF_FFFF)
                guard start < replacements.count else { return nil }
                let end = replacements[start...].firstIndex(of: 0) ?? replacements.count
                return String(decoding: replacements[start..<end], as: UTF8.self).unicodeScalars.map(\.value)
            }
        }
        return nil
    }

    private static func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 0x200) >> 6) }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
    /// The bytes that a text spells; nil where it is not Base64.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="): continue
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
