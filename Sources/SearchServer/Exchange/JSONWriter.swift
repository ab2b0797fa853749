import Essentials
import RetrievalData

/// Writes JSON straight into bytes: what an answer to every keystroke needs, many times quicker than an encoder of values.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the next value follows another.
    private var needsComma = false

    init() { bytes.reserveCapacity(2048) }

    /// An object whose fields `body` writes.
    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows { try nested(0x7B, 0x7D, body) }

    /// An array whose values `body` writes.
    mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows { try nested(0x5B, 0x5D, body) }

    /// A field whose value `body` writes.
    mutating func field(_ key: StaticString, _ body: (inout JSONWriter) throws -> Void) rethrows {
        name(key)
        try body(&self)
    }

    /// A field with a string; none where it is nil.
    mutating func field(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        name(key)
        value(text)
    }

    /// A field with a number; none where it is nil or not finite.
    mutating func field(_ key: StaticString, _ number: Double?) {
        guard let number, number.isFinite else { return }
        name(key)
        plain(JSONText.number(number))
    }

    /// A field with a whole number.
    mutating func field(_ key: StaticString, _ number: Int) {
        name(key)
        plain(String(number))
    }

    /// A field with a truth value.
    mutating func field(_ key: StaticString, _ truth: Bool) {
        name(key)
        plain(truth ? "true" : "false")
    }

    /// A field with JSON that is there already.
    mutating func field(_ key: StaticString, json: [UInt8]) {
        name(key)
        comma()
        bytes += json
    }

    /// A field whose name is data.
    mutating func field(named key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        value(key)
        bytes.append(0x3A)
        needsComma = false
        try body(&self)
    }

    /// A string.
    mutating func value(_ text: String) {
        comma()
        bytes.append(0x22)
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
            if isPlain { bytes.append(contentsOf: utf8) }
            return isPlain
        }
        if !isPlain { bytes += JSONText.escaped(text).utf8 }
        bytes.append(0x22)
    }

    /// A whole number.
    mutating func value(_ number: Int) { plain(String(number)) }

    /// A value as an encoder writes it: keys sorted, nothing for absent optionals.
    static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    private mutating func nested(
        _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        comma()
        bytes.append(open)
        needsComma = false
        try body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func plain(_ text: String) {
        comma()
        bytes += text.utf8
    }

    private mutating func name(_ key: StaticString) {
        comma()
        bytes.append(0x22)
        key.withUTF8Buffer { bytes += $0 }
        bytes += [0x22, 0x3A]
        needsComma = false
    }

    private mutating func comma() {
        if needsComma { bytes.append(0x2C) }
        needsComma = true
    }
}
