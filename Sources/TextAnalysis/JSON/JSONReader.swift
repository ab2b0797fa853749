/// Reads one JSON text (RFC 8259); every fault is an error with its byte offset, never a trap.
struct JSONReader {
    private let bytes: [UInt8]
    private var i = 0
    private var members: [(key: String, value: Range<Int>)] = []
    private static let deepest = 64

    /// What is wrong, and at which byte.
    struct Fault: Error {
        var problem: String
        var offset: Int
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value that the bytes spell.
    static func read(_ bytes: [UInt8]) throws -> JSONValue { try readMembers(bytes).value }

    /// The value that the bytes spell, and where the values of the outermost object's members stand.
    static func readMembers(_ bytes: [UInt8]) throws -> (
        value: JSONValue, members: [(key: String, value: Range<Int>)]
    ) {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        if reader.i < bytes.count { throw reader.fault("something follows the value") }
        return (value, reader.members)
    }

    private func fault(_ problem: String) -> Fault { Fault(problem: problem, offset: i) }

    private var peek: UInt8? { i < bytes.count ? bytes[i] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { i += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard let byte = peek, UInt32(byte) == character.value else { throw fault("expected \(character)") }
        i += 1
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth <= Self.deepest else { throw fault("nested too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[i...].starts(with: word.utf8) else { throw fault("expected \(word)") }
        i += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSONValue {
        let start = i
        while let byte = peek, "+-0123456789.eE".utf8.contains(byte) { i += 1 }
        let text = bytes[start..<i]
        guard i > start, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
            i = start
            throw fault(i < bytes.count ? "expected a value" : "the text ends early")
        }
        return .number(Self.rounded(text) ?? value)
    }

    /// A number as Rust's serde_json reads it: all digits as one whole number, rounded, then divided by a power of ten, rounded again.
    ///
    /// Scores of a unigram model must have the same bits as in Hugging Face's tokenizers, or sums that are nearly equal compare otherwise.
    /// Nil for numbers with an exponent or with digits beyond 64 bits.
    private static func rounded(_ text: ArraySlice<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var places: Int?
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(byte - 48))
                if overflow || carry {
                    if places == nil { return nil }
                    continue
                }
                digits = sum
                places = places.map { $0 + 1 }
            case UInt8(ascii: "."): places = 0
            case UInt8(ascii: "-"): continue
            default: return nil
            }
        }
        guard let places, let power = Double("1e\(places)") else { return nil }
        let value = Double(digits) / power
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        try expect("[")
        var items: [JSONValue] = []
        skipSpace()
        if peek != UInt8(ascii: "]") {
            while true {
                items.append(try value(depth: depth + 1))
                skipSpace()
                if peek != UInt8(ascii: ",") { break }
                i += 1
            }
        }
        try expect("]")
        return .array(items)
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        try expect("{")
        var members: [(key: String, value: JSONValue)] = []
        skipSpace()
        if peek != UInt8(ascii: "}") {
            while true {
                skipSpace()
                let key = try string()
                skipSpace()
                try expect(":")
                skipSpace()
                let start = i
                members.append((key, try value(depth: depth + 1)))
                if depth == 0 { self.members.append((key, start..<i)) }
                skipSpace()
                if peek != UInt8(ascii: ",") { break }
                i += 1
            }
        }
        try expect("}")
        return .object(members)
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            guard let byte = peek else { throw fault("a string does not end") }
            i += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("a string is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): UTF8Bytes.append(try escape(), to: &text)
            case 0..<0x20: throw fault("a control character in a string")
            default: text.append(byte)
            }
        }
    }

    private mutating func escape() throws -> UInt32 {
        guard let byte = peek else { throw fault("a string does not end") }
        i += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(byte)
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "u"): break
        default: throw fault("an unknown escape")
        }
        let first = try hexadecimal()
        if first < 0xD800 || first > 0xDFFF { return first }
        guard first < 0xDC00, bytes[i...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return 0xFFFD }
        i += 2
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second) else { throw fault("half of a surrogate pair") }
        return 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard i + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[i..<i + 4], as: UTF8.self), radix: 16),
            bytes[i] != UInt8(ascii: "+"), bytes[i] != UInt8(ascii: "-")
        else { throw fault("expected four hexadecimal digits") }
        i += 4
        return value
    }
}
