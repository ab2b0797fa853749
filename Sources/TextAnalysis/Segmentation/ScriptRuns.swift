import CICU

/// Finds runs of characters of one script without spaces, or of Hangul, in UTF-8.
///
/// A character is a letter of such a script with all that UAX #29 attaches to it: marks, joiners and format characters of any script, the vowels
/// and trailing consonants of Hangul. In Thai and Lao it is a cluster: vowels that are written before a consonant, the consonant, its marks, and
/// vowels written after it (`เ` `บ` `า` is one character). In Khmer and Burmese it is the part of a syllable that is written as one: a
/// consonant joined by coeng or virama belongs to the one before, in Burmese a consonant without a vowel (with asat) too. Han and kana are one
/// script here. Digits, symbols and punctuation
/// end a run, as do all other letters, spaces (U+200B too) and ill-formed bytes.
struct ScriptRuns {
    let bytes: UnsafeBufferPointer<UInt8>
    /// ``CharacterClass/table``.
    let classes: UnsafeBufferPointer<UInt8>

    struct Run {
        /// Whether there can be words before the run.
        var hasWordsBefore = false
        var start: Int
        var end: Int
        /// A number of `cicu_unspaced_script`.
        var script: UInt8 = 0
    }

    /// The next run from `first` on; an empty one at the end where there is none.
    func next(from first: Int) -> Run {
        var run = Run(start: first, end: first)
        while run.start < bytes.count {
            let (class_, length) = character(at: run.start)
            if class_ & CharacterClass.script != 0 {
                run.script = class_ & CharacterClass.script
                run.end = end(of: run)
                return run
            }
            if class_ & CharacterClass.separates == 0 { run.hasWordsBefore = true }
            run.start += length
        }
        run.end = run.start
        return run
    }

    private func end(of run: Run) -> Int {
        var i = run.start
        while i < bytes.count {
            let (class_, length) = character(at: i)
            if class_ & CharacterClass.attaches == 0, class_ & CharacterClass.script != run.script { break }
            i += length
        }
        return i
    }

    /// Where the character that begins at `start` ends, in a run that ends at `end`.
    @inline(__always)
    func characterEnd(from start: Int, before end: Int) -> Int {
        var (class_, length) = character(at: start)
        var i = start + length
        while i < end {
            let last = class_
            (class_, length) = character(at: i)
            let belongs =
                class_ & (CharacterClass.attaches | CharacterClass.follows) != 0
                || last & (CharacterClass.leads | CharacterClass.joins) != 0 || endsSyllable(at: i + length, class_)
            if !belongs { break }
            i += length
        }
        return i
    }

    /// Whether a letter of Burmese has asat behind it.
    @inline(__always)
    private func endsSyllable(at i: Int, _ class_: UInt8) -> Bool {
        class_ & CharacterClass.script == 6 && i + 2 < bytes.count && bytes[i] == 0xE1 && bytes[i + 1] == 0x80
            && bytes[i + 2] == 0xBA
    }

    /// Class and length of the code point at `i`; an ill-formed byte is a character of no class.
    @inline(__always)
    private func character(at i: Int) -> (class: UInt8, length: Int) {
        let lead = bytes[i]
        if lead < 0x80 { return (classes[Int(lead)], 1) }
        func tail(_ offset: Int) -> UInt32? {
            guard i + offset < bytes.count, bytes[i + offset] & 0xC0 == 0x80 else { return nil }
            return UInt32(bytes[i + offset] & 0x3F)
        }
        switch lead {
        case 0xE0...0xEF:
            guard let a = tail(1), let b = tail(2) else { break }
            let scalar = UInt32(lead & 0x0F) << 12 | a << 6 | b
            if scalar < 0x800 || (0xD800...0xDFFF).contains(scalar) { break }
            return (classes[Int(scalar)], 3)
        case 0xC2...0xDF:
            guard let a = tail(1) else { break }
            return (classes[Int(UInt32(lead & 0x1F) << 6 | a)], 2)
        case 0xF0...0xF4:
            guard let a = tail(1), let b = tail(2), let c = tail(3) else { break }
            let scalar = UInt32(lead & 0x07) << 18 | a << 12 | b << 6 | c
            if scalar < 0x1_0000 || scalar > 0x10_FFFF { break }
            return (CharacterClass.of(scalar), 4)
        default: break
        }
        return (0, 1)
    }
}

/// What a character is to ``ScriptRuns``, as a script's number and bits.
enum CharacterClass {
    /// The number of the script of a letter that runs consist of.
    static let script: UInt8 = 0x07
    /// Belongs to a letter of the same script before it.
    static let follows: UInt8 = 0x08
    /// Belongs to whatever is before it.
    static let attaches: UInt8 = 0x10
    /// Takes part in no word.
    static let separates: UInt8 = 0x20
    /// A letter that belongs to the one after it.
    static let leads: UInt8 = 0x40
    /// A mark that joins the letter after it to the one before.
    static let joins: UInt8 = 0x80

    private static let leading: [ClosedRange<UInt32>] = [0x0E40...0x0E44, 0x0EC0...0x0EC4]
    private static let following: [ClosedRange<UInt32>] = [
        0x0E30...0x0E30, 0x0E32...0x0E33, 0x0E45...0x0E45, 0x0EB0...0x0EB0, 0x0EB2...0x0EB3, 0x0EBD...0x0EBD,
    ]

    /// The class of each code point below 65,536.
    static let table: [UInt8] = (0..<0x1_0000).map { of($0) }

    static func of(_ scalar: UInt32) -> UInt8 {
        if scalar < 0x80 { return ByteClass.table[Int(scalar)] == 0 ? separates : 0 }
        let attachment = cicu_attachment(scalar)
        if attachment == 2 { return scalar == 0x1039 || scalar == 0x17D2 ? attaches | joins : attaches }
        if cicu_separates_words(scalar) != 0 { return separates }
        // Categories as ICU numbers them: 1 to 5 are letters, 10 the numbers that are letters, such as U+3007.
        let category = cicu_general_category(scalar)
        guard (1...5).contains(category) || category == 10 else { return 0 }
        let script = UInt8(cicu_unspaced_script(scalar))
        if script == 0 { return 0 }
        if leading.contains(where: { $0.contains(scalar) }) { return script | leads }
        return attachment == 1 || following.contains { $0.contains(scalar) } ? script | follows : script
    }
}
