/// Numbers as RFC 8259, section 6, spells them.
enum JSONNumber {
    /// The number of leading bytes that spell a number, 0 where none do.
    static func prefixLength(_ bytes: UnsafeRawBufferPointer) -> Int {
        var place = 0
        func isDigit(_ place: Int) -> Bool { place < bytes.count && bytes[place] >= 0x30 && bytes[place] <= 0x39 }
        if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
        guard isDigit(place) else { return 0 }
        if bytes[place] == 0x30 { place += 1 } else { while isDigit(place) { place += 1 } }
        if place < bytes.count, bytes[place] == UInt8(ascii: "."), isDigit(place + 1) {
            place += 1
            while isDigit(place) { place += 1 }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            var after = place + 1
            if after < bytes.count, bytes[after] == UInt8(ascii: "+") || bytes[after] == UInt8(ascii: "-") {
                after += 1
            }
            if isDigit(after) {
                while isDigit(after) { after += 1 }
                place = after
            }
        }
        return place
    }

    /// The number that bytes spell as a whole, rounded to double precision, infinite beyond its range; nil where they spell none.
    static func value(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard let first = bytes.first, first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39) else {
            return nil
        }
        guard prefixLength(bytes) == bytes.count else { return nil }
        if bytes.count <= 15, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return Double(bytes.reduce(0) { $0 * 10 + Int($1 & 15) })
        }
        return Double(String(decoding: bytes, as: UTF8.self))
    }

    /// The same for a string.
    static func value(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { value(UnsafeRawBufferPointer($0)) }
    }
}
