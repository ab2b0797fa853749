/// What a byte of ASCII is to word segmentation, as one bit each.
///
/// The classes are those of ICU's root word rules restricted to ASCII, but for `@` and `:`, which always separate here (ICU has
/// changed its mind on both between versions).
enum ByteClass {
    static let letter: UInt8 = 1
    static let digit: UInt8 = 2
    /// `_`, which joins letters and digits into one word.
    static let underscore: UInt8 = 4
    static let word: UInt8 = 7
    /// Joins two letters; the letter bit shifted left by four.
    static let joinsLetters: UInt8 = 0x10
    /// Joins two digits; the digit bit shifted left by four.
    static let joinsDigits: UInt8 = 0x20

    /// The class of every byte; 0 separates, and bytes beyond ASCII have no class here.
    static let table: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
        case UInt8(ascii: "_"): underscore
        case UInt8(ascii: "'"), UInt8(ascii: "."): joinsLetters | joinsDigits
        case UInt8(ascii: ","), UInt8(ascii: ";"): joinsDigits
        default: 0
        }
    }

    /// Whether text may be cut before and after this byte without changing any word: white space, controls, `@` and `:`.
    @inline(__always) static func cuts(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":")
    }
}
