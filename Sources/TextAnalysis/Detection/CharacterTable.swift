import CICU

/// Script, lower-case form and letter class of every character of the Basic Multilingual Plane, read from ICU once.
struct CharacterTable: Sendable {
    /// What is known of one character: script in 5 bits, letter class in 8, lower-case form in 19.
    struct Entry: Sendable {
        fileprivate var bits: UInt32

        fileprivate init(_ script: Script, letterClass: UInt32 = 0, lowercase: UInt32) {
            bits = UInt32(script.rawValue) | letterClass << 5 | (lowercase & 0x7FFFF) << 13
        }

        /// Its script.
        var script: Script { Script(rawValue: UInt8(truncatingIfNeeded: bits & 31)) ?? .none }
        /// Which languages do not write it: an index of ``CharacterTable/foreignTo``.
        var letterClass: Int { Int(bits >> 5 & 255) }
        /// Its lower-case form, cut to 19 bits.
        var lowercase: UInt32 { bits >> 13 }
    }

    /// The table for all languages.
    static let shared = CharacterTable(DetectableLanguage.all)

    /// By letter class, the languages of the letter's script that do not write it; bit i is language i.
    ///
    /// Class 0 is written by all.
    private(set) var foreignTo: [UInt64] = [0]
    private var entries: [Entry] = []

    init(_ languages: [DetectableLanguage]) {
        var written: [UInt32: UInt64] = [:]
        var judging = [UInt64](repeating: 0, count: Script.allCases.count)
        for (i, language) in languages.enumerated() {
            guard let letters = language.letters else { continue }
            judging[Int(language.script.rawValue)] |= 1 << UInt64(i)
            for letter in letters.unicodeScalars { written[letter.value, default: 0] |= 1 << UInt64(i) }
        }
        var classes: [UInt64: UInt32] = [0: 0]
        entries.reserveCapacity(0x10000)
        for scalar in UInt32(0)..<0x10000 {
            let script = Script(scalar)
            let lowercase = scalar < 0x80 && script == .latin ? scalar | 0x20 : cicu_lowercase(scalar)
            let foreign =
                scalar < 0x80 ? 0 : judging[Int(script.rawValue)] & ~(written[lowercase] ?? written[scalar] ?? 0)
            if classes[foreign] == nil, classes.count < 256 {
                classes[foreign] = UInt32(foreignTo.count)
                foreignTo.append(foreign)
            }
            entries.append(Entry(script, letterClass: classes[foreign] ?? 0, lowercase: lowercase))
        }
        entries[0x5F] = Entry(.digit, lowercase: 0x5F)  // `_` makes an identifier, as a digit does
    }

    /// What is known of a character.
    @inline(__always)
    subscript(scalar: UInt32) -> Entry {
        scalar < 0x10000 ? entries[Int(scalar)] : Entry(Script(scalar), lowercase: scalar)
    }
}
