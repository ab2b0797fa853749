/// Makes the common spellings of Arabic words equal: `الإِسْلَام` gives `الاسلام`, `مدرسة` gives `مدرسه`.
///
/// - Alef with madda, hamza or wasla (`آ أ إ ٱ`) becomes `ا`; alef maksura `ى` becomes `ي`; teh marbuta `ة` becomes `ه`.
/// - Persian and Urdu forms of the same letters: `ک` becomes `ك`, `ی` becomes `ي`, and `ہ ۂ ە ۀ` become `ه`.
/// - Tatweel (U+0640), vowel signs and hamza or madda as marks (U+064B to U+065F, U+0670), and the signs of Quran editions
///   (U+0610 to U+061A, U+06D6 to U+06ED) are removed; nothing may be left.
///
/// NFKC_Casefold does none of it: it only unifies presentation forms (`ﻻ` becomes `لا`) and composes an alef with its hamza. To Unicode
/// all of these are different letters, and vowel signs are part of the text.
/// Source: Lucene's ArabicNormalizer (alef, teh marbuta, maksura, tatweel, U+064B to U+0652) and PersianNormalizer, with the other marks.
enum ArabicFolding {
    static func apply(to term: inout [UInt8]) {
        guard !UTF8Scalars.isASCII(term) else { return }
        UTF8Scalars.map(&term, fold)
    }

    private static func fold(_ letter: Unicode.Scalar) -> Unicode.Scalar? {
        switch letter.value {
        case 0x622, 0x623, 0x625, 0x671: "\u{627}"
        case 0x649, 0x6CC: "\u{64A}"
        case 0x629, 0x6C0, 0x6C1, 0x6C2, 0x6D5: "\u{647}"
        case 0x6A9: "\u{643}"
        case 0x640, 0x64B...0x65F, 0x670, 0x610...0x61A, 0x6D6...0x6ED: nil
        default: letter
        }
    }
}
