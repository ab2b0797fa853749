import CICU

/// The scripts that the detector tells apart, and the other kinds of characters; numbered as in CICU.h.
enum Script: UInt8, CaseIterable, Sendable {
    case none, digit, mark, other
    case latin, greek, cyrillic, arabic, hebrew, devanagari, han, kana, hangul, thai, lao, khmer, myanmar

    /// The script of a code point.
    init(_ scalar: UInt32) {
        self = Script(rawValue: UInt8(clamping: cicu_script(scalar))) ?? .none
    }

    /// Whether characters of it are letters.
    var isWritten: Bool { rawValue >= Script.other.rawValue }

    /// How many letters of an alphabet one character stands for: Han, kana and Hangul are denser.
    var density: Int { [.han, .kana, .hangul].contains(self) ? 3 : 1 }
}
