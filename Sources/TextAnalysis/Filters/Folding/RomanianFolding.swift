/// Makes the two spellings of Romanian s and t equal: comma below (`ș ț`, the norm) becomes cedilla (`ş ţ`, older software).
///
/// Cedilla, because the Romanian stemmer of Snowball 2.2 knows only that: it stems `situaţie` to `situ` and `situație` to `situaț`.
/// Source: measured on libstemmer 2.2; a test holds it.
enum RomanianFolding {
    static func apply(to term: inout [UInt8]) {
        guard !UTF8Scalars.isASCII(term) else { return }
        UTF8Scalars.map(&term) { letter in
            switch letter {
            case "\u{219}": "\u{15F}"
            case "\u{21B}": "\u{163}"
            default: letter
            }
        }
    }
}
