/// Writes traditional Chinese characters as simplified ones, each by itself: `漢語` gives `汉语`.
///
/// Does not depend on ICU's version. Never for Japanese, which has forms of its own.
/// Source: ``SimplifiedCharacters``.
enum SimplifiedChinese {
    private static let table: [Unicode.Scalar: [UInt8]] = Dictionary(
        zip(
            scalars(SimplifiedCharacters.traditional),
            scalars(SimplifiedCharacters.simplified).map { Array(String($0).utf8) }),
        uniquingKeysWith: { first, _ in first })

    private static func scalars(_ text: String) -> some Sequence<Unicode.Scalar> {
        text.unicodeScalars.lazy.filter { $0 != "\n" }
    }

    /// All characters of the table have three bytes in UTF-8, before and after.
    static func apply(to term: inout [UInt8]) {
        var i = 0
        while i + 2 < term.count {
            let lead = term[i]
            guard lead >= 0xE3, lead <= 0xEF else {
                i += 1
                continue
            }
            let value = UInt32(lead & 0x0F) << 12 | UInt32(term[i + 1] & 0x3F) << 6 | UInt32(term[i + 2] & 0x3F)
            if let scalar = Unicode.Scalar(value), let bytes = table[scalar], bytes.count == 3 {
                term.replaceSubrange(i..<(i + 3), with: bytes)
            }
            i += 3
        }
    }
}
