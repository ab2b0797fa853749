/// Removes a final `'s`, `’s` or the same with S; U+FF07 has become `'` by normalization.
enum Possessive {
    static func apply(to term: inout [UInt8]) {
        guard let last = term.last, last | 0x20 == UInt8(ascii: "s") else { return }
        if term.dropLast().last == UInt8(ascii: "'") {
            term.removeLast(2)
        } else if term.count >= 4, term.dropLast().suffix(3).elementsEqual([0xE2, 0x80, 0x99]) {
            term.removeLast(4)
        }
    }
}
