/// Reads the metadata of one document after the other: which keys it has, and which values they have.
///
/// A key is the path to a value, its names joined by dots: `{"a": {"b": 1}}` has the key `a.b`. Every element of an array is a value of
/// the array's key, and the fields of objects in an array have the key that they would have without the array. `null` says nothing. The
/// fields of an object `metadata` (BEIR's) stand at the top level, but for those that the top level has itself. Keys of more
/// than 255 bytes are passed over.
struct MetadataReader {
    /// One value of one key.
    struct Value {
        var key: Range<Int>
        var kind: MetadataKind
        var bytes: Range<Int>
        /// The first name of the key, and whether it stands in the object `metadata`.
        fileprivate var name: Range<Int>
        fileprivate var isWrapped: Bool
    }

    /// Why a text is no metadata.
    struct Fault: Error {
        var problem: String
        var offset: Int
    }

    /// The values of the document that was read last, with the bytes that their ranges lie in.
    private(set) var values: [Value] = []
    private(set) var storage: [UInt8] = []

    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    private var place = 0
    private var path: [UInt8] = []
    private var name = 0..<0
    private var isWrapped = false
    private var text: [UInt8] = []

    private static let deepest = 1024
    private static let wrapper = Array("metadata".utf8)

    /// Reads the JSON object of a document; throws a `Fault` for anything else.
    mutating func read(_ json: String) throws {
        var json = json
        try json.withUTF8 { try read(UnsafeRawBufferPointer($0)) }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) throws {
        input = bytes
        place = 0
        values.removeAll(keepingCapacity: true)
        storage.removeAll(keepingCapacity: true)
        path.removeAll(keepingCapacity: true)
        isWrapped = false
        skipSpace()
        guard peek == UInt8(ascii: "{") else { throw fault("it is not a JSON object") }
        try object(depth: 0, isTop: true)
        skipSpace()
        if place < input.count { throw fault("something follows the object") }
        hideWrapped()
    }

    /// Drops the fields of `metadata` that have the name of a field beside it.
    private mutating func hideWrapped() {
        if values.allSatisfy({ $0.isWrapped == values[0].isWrapped }) { return }
        var own: Set<[UInt8]> = []
        var last: Range<Int>?
        for value in values where !value.isWrapped && value.name != last {
            last = value.name
            own.insert([UInt8](storage[value.name]))
        }
        last = nil
        var isHidden = false
        var kept = 0
        for value in values {
            if value.isWrapped, value.name != last {
                last = value.name
                isHidden = own.contains([UInt8](storage[value.name]))
            }
            if value.isWrapped, isHidden { continue }
            values[kept] = value
            kept += 1
        }
        values.removeLast(values.count - kept)
    }

    private func fault(_ problem: String) -> Fault { Fault(problem: problem, offset: place) }

    private var peek: UInt8? { place < input.count ? input[place] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard let byte = peek, UInt32(byte) == character.value else { throw fault("expected \(character)") }
        place += 1
    }

    /// Calls `element` for each element between brackets.
    private mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ element: (inout MetadataReader) throws -> Void
    ) throws {
        try expect(open)
        skipSpace()
        if let byte = peek, UInt32(byte) == close.value { return place += 1 }
        while true {
            skipSpace()
            try element(&self)
            skipSpace()
            if peek != UInt8(ascii: ",") { break }
            place += 1
        }
        try expect(close)
    }

    private mutating func object(depth: Int, isTop: Bool) throws {
        let outer = path.count
        try list("{", "}") { reader in
            try reader.string()
            if !isTop { reader.path.append(UInt8(ascii: ".")) }
            reader.path += reader.text
            // What is cut off is too long anyhow.
            if reader.path.count > 2 * MetadataKind.maximumLength {
                reader.path.removeLast(reader.path.count - 2 * MetadataKind.maximumLength)
            }
            if isTop { reader.name = reader.appendPath() }
            reader.skipSpace()
            try reader.expect(":")
            reader.skipSpace()
            if isTop, !reader.isWrapped, reader.peek == UInt8(ascii: "{"), reader.path == Self.wrapper {
                reader.isWrapped = true
                reader.path.removeAll()
                try reader.object(depth: 1, isTop: true)
                reader.isWrapped = false
            } else {
                try reader.value(depth: depth + 1)
            }
            reader.path.removeLast(max(0, reader.path.count - outer))
        }
    }

    private mutating func value(depth: Int) throws {
        guard depth < Self.deepest else { throw fault("it is nested more than \(Self.deepest) deep") }
        switch peek {
        case UInt8(ascii: "{"): try object(depth: depth, isTop: false)
        case UInt8(ascii: "["):
            try list("[", "]") { try $0.value(depth: depth + 1) }
        case UInt8(ascii: "\""):
            try string()
            let isLong = text.count > MetadataKind.maximumLength
            add(isLong ? .longString : .string, isLong ? [] : text)
        case UInt8(ascii: "t"):
            try word("true")
            add(.boolean, [1])
        case UInt8(ascii: "f"):
            try word("false")
            add(.boolean, [0])
        case UInt8(ascii: "n"): try word("null")
        default:
            let rest = UnsafeRawBufferPointer(rebasing: input[place...])
            let length = JSONNumber.prefixLength(rest)
            guard length > 0, let number = JSONNumber.value(UnsafeRawBufferPointer(rebasing: rest[..<length])) else {
                throw fault(place < input.count ? "expected a value" : "it ends early")
            }
            place += length
            add(.number, MetadataKind.bytes(of: number))
        }
    }

    private mutating func word(_ word: String) throws {
        guard input[place...].starts(with: word.utf8) else { throw fault("expected \(word)") }
        place += word.utf8.count
    }

    private mutating func add(_ kind: MetadataKind, _ bytes: [UInt8]) {
        guard path.count <= MetadataKind.maximumLength else { return }
        // Most keys are one name, which is there already.
        let key = path.count == name.count ? name : appendPath()
        let start = storage.count
        storage.append(contentsOf: bytes)
        values.append(Value(key: key, kind: kind, bytes: start..<storage.count, name: name, isWrapped: isWrapped))
    }

    private mutating func appendPath() -> Range<Int> {
        let start = storage.count
        storage.append(contentsOf: path)
        return start..<storage.count
    }

    /// Reads a string into `text`.
    private mutating func string() throws {
        try expect("\"")
        text.removeAll(keepingCapacity: true)
        while true {
            guard let byte = peek else { throw fault("a string does not end") }
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): text.append(contentsOf: String(Character(try escape())).utf8)
            case 0..<0x20: throw fault("a control character in a string")
            default: text.append(byte)
            }
        }
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let byte = peek else { throw fault("a string does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw fault("an unknown escape")
        }
        let first = try hexadecimal()
        if (0xD800..<0xDC00).contains(first), input[place...].starts(with: "\\u".utf8) {
            let start = place
            place += 2
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
            place = start
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }
}
