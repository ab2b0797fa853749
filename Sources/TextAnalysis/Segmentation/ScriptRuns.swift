import CICU

/// Finds runs of characters of one script without spaces, or of Hangul, in UTF-8.
///
/// A character is a letter of such a script with what is written around it: marks, joiners and format characters of any script; the vowels
/// and trailing consonants of Hangul; in Thai and Lao the vowels before and after (character clusters, `เกา` is one); in Khmer and
/// Burmese stacked consonants, in Burmese those without a vowel too. Han and kana are one script here. Digits, symbols and punctuation end a run, as do all other letters,
/// spaces (U+200B too) and ill-formed bytes.
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
        var (before, length) = character(at: start)
        var i = start + length
        while i < end {
            let (class_, length) = character(at: i)
            let joins = class_ & (CharacterClass.attaches | CharacterClass.follows) | before & CharacterClass.leads
            if joins == 0, !endsSyllable(class_, before: i + length) { break }
            before = class_
            i += length
        }
        return i
    }

    /// Whether a letter of Burmese has no vowel: asat (U+103A) or a stacker (U+1039) stands behind it.
    @inline(__always)
    private func endsSyllable(_ class_: UInt8, before i: Int) -> Bool {
        class_ & CharacterClass.script == 6 && i + 2 < bytes.count && bytes[i] == 0xE1 && bytes[i + 1] == 0x80
            && (bytes[i + 2] == 0xBA || bytes[i + 2] == 0xB9)
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
    /// The letter after it belongs to it.
    static let leads: UInt8 = 0x40
    /// Takes part in no word.
    static let separates: UInt8 = 0x20

    /// The class of each code point below 65,536.
    static let table: [UInt8] = (0..<0x1_0000).map { of($0) }

    static func of(_ scalar: UInt32) -> UInt8 {
        if scalar < 0x80 { return ByteClass.table[Int(scalar)] == 0 ? separates : 0 }
        let attachment = Int(cicu_attachment(scalar))
        let leads = attachment & CICU_ATTACHES_NEXT != 0 ? Self.leads : 0
        if attachment & CICU_ATTACHES_TO_ANY != 0 { return attaches | leads }
        if cicu_separates_words(scalar) != 0 { return separates }
        // Categories as ICU numbers them: 1 to 5 are letters, 10 the numbers that are letters, such as U+3007.
        let category = cicu_general_category(scalar)
        let script = UInt8(cicu_unspaced_script(scalar))
        guard script != 0, (1...5).contains(category) || category == 10 else { return 0 }
        return script | leads | (attachment & CICU_ATTACHES_TO_SCRIPT != 0 ? follows : 0)
    }
}
