import CICU

/// Finds runs of characters of one script without spaces, or of Hangul, in UTF-8.
///
/// A character is a letter of such a script with what is written around it: marks, joiners and format characters of any script; the vowels
/// and trailing consonants of Hangul; in Thai and Lao the vowels before and after (character clusters, `เกา` is one); in Khmer and
/// Burmese stacked consonants, in Burmese those without a vowel too. Han and kana are one script here. Digits, symbols and punctuation
/// end a run, as do all other letters, spaces (U+200B too) and ill-formed bytes.
///
/// A text is decoded once: the characters of a run are found with it.
struct ScriptRuns: ~Copyable {
    struct Run {
        /// Whether there can be words before the run.
        var hasWordsBefore = false
        var start: Int
        var end: Int
        /// A number of `cicu_unspaced_script`.
        var script: UInt8 = 0
        /// Where its characters end; in place until the next run is looked for.
        var characterEnds = UnsafeBufferPointer<Int>(start: nil, count: 0)

        var isEmpty: Bool { start == end }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private let classes: CharacterClasses.View
    private var ends = UnsafeMutableBufferPointer<Int>.allocate(capacity: 256)

    init(bytes: UnsafeBufferPointer<UInt8>, classes: CharacterClasses) {
        self.bytes = bytes
        self.classes = classes.view
    }

    deinit { ends.deallocate() }

    /// The next run from `first` on; an empty one at the end where there is none.
    mutating func next(from first: Int) -> Run {
        var run = Run(start: first, end: first)
        while run.start < bytes.count {
            let (class_, length) = Self.character(bytes, classes, at: run.start)
            if class_ & CharacterClass.script != 0 {
                run.script = class_ & CharacterClass.script
                findCharacters(of: &run)
                return run
            }
            if class_ & CharacterClass.separates == 0 { run.hasWordsBefore = true }
            run.start += length
        }
        run.end = run.start
        return run
    }

    private mutating func findCharacters(of run: inout Run) {
        // Copies that the compiler can keep in registers.
        let (bytes, classes, script) = (bytes, classes, run.script)
        var (before, length) = Self.character(bytes, classes, at: run.start)
        var i = run.start &+ length
        var count = 0
        while i < bytes.count {
            let (class_, length) = Self.character(bytes, classes, at: i)
            if class_ & CharacterClass.attaches == 0, class_ & CharacterClass.script != script { break }
            let joins = class_ & (CharacterClass.attaches | CharacterClass.follows) | before & CharacterClass.leads
            if joins == 0, class_ & CharacterClass.script != 6 || !endsSyllable(before: i &+ length) {
                if count &+ 1 == ends.count { grow() }
                ends[count] = i
                count &+= 1
            }
            before = class_
            i &+= length
        }
        ends[count] = i
        run.end = i
        run.characterEnds = UnsafeBufferPointer(rebasing: ends[...count])
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Int>.allocate(capacity: ends.count * 2)
        _ = larger.moveInitialize(fromContentsOf: ends)
        ends.deallocate()
        ends = larger
    }

    /// Whether a letter of Burmese has no vowel: asat (U+103A) or a stacker (U+1039) stands behind it.
    @inline(never)
    private func endsSyllable(before i: Int) -> Bool {
        i + 2 < bytes.count && bytes[i] == 0xE1 && bytes[i + 1] == 0x80
            && (bytes[i + 2] == 0xBA || bytes[i + 2] == 0xB9)
    }

    /// Class and length of the code point at `i`; an ill-formed byte is a character of no class.
    @inline(__always)
    private static func character(
        _ bytes: UnsafeBufferPointer<UInt8>, _ classes: CharacterClasses.View, at i: Int
    ) -> (class: UInt8, length: Int) {
        let lead = bytes[i]
        if lead & 0xF0 == 0xE0, i &+ 2 < bytes.count, bytes[i &+ 1] & 0xC0 == 0x80, bytes[i &+ 2] & 0xC0 == 0x80 {
            let tail = UInt32(bytes[i &+ 1] & 0x3F) << 6 | UInt32(bytes[i &+ 2] & 0x3F)
            let scalar = UInt32(lead & 0x0F) << 12 | tail
            // Overlong forms and surrogates are no characters.
            return scalar < 0x800 || scalar & 0xF800 == 0xD800 ? (0, 1) : (classes[scalar], 3)
        }
        return lead < 0x80 ? (classes[UInt32(lead)], 1) : otherCharacter(bytes, classes, at: i)
    }

    @inline(never)
    private static func otherCharacter(
        _ bytes: UnsafeBufferPointer<UInt8>, _ classes: CharacterClasses.View, at i: Int
    ) -> (class: UInt8, length: Int) {
        func tail(_ offset: Int) -> UInt32? {
            guard i + offset < bytes.count, bytes[i + offset] & 0xC0 == 0x80 else { return nil }
            return UInt32(bytes[i + offset] & 0x3F)
        }
        let lead = bytes[i]
        switch lead {
        case 0xC2...0xDF:
            guard let a = tail(1) else { break }
            return (classes[UInt32(lead & 0x1F) << 6 | a], 2)
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
