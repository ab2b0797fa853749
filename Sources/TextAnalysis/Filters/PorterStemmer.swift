/// Porter's stemmer as Lucene's PorterStemFilter has it.
///
/// M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980, with the two departures of Porter's own later code (`bli` to
/// `ble`, `logi` to `log`).
/// Works on bytes; a byte of a multi-byte character counts as a consonant, and no step cuts inside a character.
struct PorterStemmer {
    private var b: [UInt8] = []
    /// The last byte of the word, and the last byte before the suffix that matched.
    private var k = -1
    private var j = -1

    /// Replaces the word by its stem.
    mutating func stem(_ word: inout [UInt8]) {
        let characters = word.reduce(into: 0) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } }
        guard characters > 2 else { return }
        swap(&b, &word)
        k = b.count - 1
        j = k
        removePluralsAndParticiples()
        turnTerminalY()
        mapDoubleSuffixes()
        mapFullSuffixes()
        removeSuffixes()
        removeFinalE()
        b.removeLast(b.count - 1 - k)
        swap(&b, &word)
    }

    private func isConsonant(_ i: Int) -> Bool {
        switch b[i] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "y"): i == 0 ? true : !isConsonant(i - 1)
        default: true
        }
    }

    /// The number of vowel-consonant sequences up to `j`: Porter's m.
    private func measure() -> Int {
        var count = 0
        var previousIsVowel = false
        for i in 0..<(j + 1) {
            let vowel = !isConsonant(i)
            if previousIsVowel && !vowel { count += 1 }
            previousIsVowel = vowel
        }
        return count
    }

    private func stemHasVowel() -> Bool { (0..<(j + 1)).contains { !isConsonant($0) } }

    private func isDoubleConsonant(_ i: Int) -> Bool { i >= 1 && b[i] == b[i - 1] && b[i] < 0x80 && isConsonant(i) }

    /// Consonant, vowel, consonant, the last not w, x or y: restores an e at the end of a short word.
    private func isShortSyllable(_ i: Int) -> Bool {
        guard i >= 2, isConsonant(i), !isConsonant(i - 1), isConsonant(i - 2) else { return false }
        return b[i] != UInt8(ascii: "w") && b[i] != UInt8(ascii: "x") && b[i] != UInt8(ascii: "y")
    }

    private mutating func ends(_ suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        let start = k - length + 1
        guard start >= 0 else { return false }
        let bytes = suffix.utf8Start
        guard bytes[length - 1] == b[k] else { return false }
        for i in 0..<length where bytes[i] != b[start + i] { return false }
        j = k - length
        return true
    }

    private mutating func set(_ suffix: StaticString) {
        b.removeLast(b.count - 1 - j)
        suffix.withUTF8Buffer { b.append(contentsOf: $0) }
        k = b.count - 1
    }

    private mutating func replaceIfMeasured(_ suffix: StaticString) { if measure() > 0 { set(suffix) } }

    /// The first suffix that matches decides, whether or not it is then replaced.
    private mutating func replaceFirst(_ rules: [(StaticString, StaticString)]) {
        for (suffix, replacement) in rules where ends(suffix) {
            replaceIfMeasured(replacement)
            return
        }
    }

    private mutating func removePluralsAndParticiples() {
        if b[k] == UInt8(ascii: "s") {
            if ends("sses") {
                k -= 2
            } else if ends("ies") {
                set("i")
            } else if b[k - 1] != UInt8(ascii: "s") {
                k -= 1
            }
        }
        if ends("eed") {
            if measure() > 0 { k -= 1 }
        } else if ends("ed") || ends("ing"), stemHasVowel() {
            k = j
            if ends("at") {
                set("ate")
            } else if ends("bl") {
                set("ble")
            } else if ends("iz") {
                set("ize")
            } else if isDoubleConsonant(k) {
                let last = b[k]
                if last != UInt8(ascii: "l") && last != UInt8(ascii: "s") && last != UInt8(ascii: "z") { k -= 1 }
            } else if measure() == 1 && isShortSyllable(k) {
                set("e")
            }
        }
    }

    private mutating func turnTerminalY() { if ends("y"), stemHasVowel() { b[k] = UInt8(ascii: "i") } }

    private mutating func mapDoubleSuffixes() {
        guard k > 0 else { return }
        switch b[k - 1] {
        case UInt8(ascii: "a"): replaceFirst([("ational", "ate"), ("tional", "tion")])
        case UInt8(ascii: "c"): replaceFirst([("enci", "ence"), ("anci", "ance")])
        case UInt8(ascii: "e"): replaceFirst([("izer", "ize")])
        case UInt8(ascii: "l"):
            replaceFirst([("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous")])
        case UInt8(ascii: "o"): replaceFirst([("ization", "ize"), ("ation", "ate"), ("ator", "ate")])
        case UInt8(ascii: "s"):
            replaceFirst([("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")])
        case UInt8(ascii: "t"): replaceFirst([("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")])
        case UInt8(ascii: "g"): replaceFirst([("logi", "log")])
        default: break
        }
    }

    private mutating func mapFullSuffixes() {
        switch b[k] {
        case UInt8(ascii: "e"): replaceFirst([("icate", "ic"), ("ative", ""), ("alize", "al")])
        case UInt8(ascii: "i"): replaceFirst([("iciti", "ic")])
        case UInt8(ascii: "l"): replaceFirst([("ical", "ic"), ("ful", "")])
        case UInt8(ascii: "s"): replaceFirst([("ness", "")])
        default: break
        }
    }

    private mutating func removeSuffixes() {
        guard k > 0 else { return }
        let matches: Bool
        switch b[k - 1] {
        case UInt8(ascii: "a"): matches = ends("al")
        case UInt8(ascii: "c"): matches = ends("ance") || ends("ence")
        case UInt8(ascii: "e"): matches = ends("er")
        case UInt8(ascii: "i"): matches = ends("ic")
        case UInt8(ascii: "l"): matches = ends("able") || ends("ible")
        case UInt8(ascii: "n"): matches = ends("ant") || ends("ement") || ends("ment") || ends("ent")
        case UInt8(ascii: "o"):
            let isIon = ends("ion") && j >= 0 && (b[j] == UInt8(ascii: "s") || b[j] == UInt8(ascii: "t"))
            matches = isIon || ends("ou")
        case UInt8(ascii: "s"): matches = ends("ism")
        case UInt8(ascii: "t"): matches = ends("ate") || ends("iti")
        case UInt8(ascii: "u"): matches = ends("ous")
        case UInt8(ascii: "v"): matches = ends("ive")
        case UInt8(ascii: "z"): matches = ends("ize")
        default: matches = false
        }
        if matches, measure() > 1 { k = j }
    }

    private mutating func removeFinalE() {
        j = k
        if b[k] == UInt8(ascii: "e") {
            let m = measure()
            if m > 1 || (m == 1 && !isShortSyllable(k - 1)) { k -= 1 }
        }
        if b[k] == UInt8(ascii: "l"), isDoubleConsonant(k), measure() > 1 { k -= 1 }
    }
}
