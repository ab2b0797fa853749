/// Strings that are hard for an analyzer: each is decided by a seed and a number alone.
public struct RandomString {
    private var state: UInt64

    /// The string of that number.
    public static func bytes(seed: UInt64, number: Int) -> [UInt8] {
        var random = RandomString(state: seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(number) &* 0xD1B5_4A32_D192_ED03)
        return random.string()
    }

    private mutating func string() -> [UInt8] {
        switch below(16) {
        case 0, 1: return scalars(1 + below(7), Self.classes)
        case 2, 3: return scalars(1 + below(20), Self.classes)
        case 4, 5: return scripts()
        case 6: return (0..<below(24)).map { _ in UInt8(below(256)) }
        case 7: return (0..<below(40)).map { _ in UInt8(below(128)) }
        case 8...11: return words()
        case 12, 13: return damaged(below(2) == 0 ? words() : scripts())
        case 14: return marks()
        default: return below(4) == 0 ? long() : words()
        }
    }

    /// Some of a few characters of an alphabet: repeats are likelier than in the whole of it.
    private mutating func scalars(_ count: Int, _ alphabet: [Unicode.Scalar]) -> [UInt8] {
        let few = (0..<1 + below(6)).map { _ in alphabet[below(alphabet.count)] }
        return (0..<count).flatMap { _ in Self.utf8(few[below(few.count)]) }
    }

    /// Letters of one to three scripts, with something between them now and then.
    private mutating func scripts() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<1 + below(3) {
            let range = Self.scripts[below(Self.scripts.count)]
            for _ in 0..<1 + below(8) {
                let value = range.lowerBound + UInt32(below(range.count))
                bytes += Self.utf8(Unicode.Scalar(value) ?? "\u{FFFD}")
                if below(6) == 0 { bytes += Self.utf8(Self.classes[below(Self.classes.count)]) }
            }
        }
        return bytes
    }

    /// Words of many languages, whole or in part, in changed case, with or without something between them.
    private mutating func words() -> [UInt8] {
        let separators = [
            " ", " ", " ", "", "-", "'", "’", ".", ",", "_", "@", ":", "\u{AD}", "\u{200D}", "\u{200B}", "、", "。", "\n",
        ]
        var text = ""
        for _ in 0..<1 + below(5) {
            let word = Self.words[below(Self.words.count)]
            switch below(8) {
            case 0: text += word.uppercased()
            case 1: text += String(word.prefix(1 + below(word.count)))
            case 2: text += String(word.suffix(1 + below(word.count)))
            case 3: text += word + "\(below(1000))"
            default: text += word
            }
            text += separators[below(separators.count)]
        }
        return Array(text.utf8)
    }

    /// With bytes changed, left out, put in or cut off.
    private mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<1 + below(3) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] = UInt8(below(256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8(0x80 + below(128)), at: place)
            case 3: bytes.removeFirst(place)
            default: bytes.removeLast(place)
            }
        }
        return bytes
    }

    /// A letter under many marks, and something after it.
    private mutating func marks() -> [UInt8] {
        let all = Self.marks
        let few = (0..<1 + below(3)).map { _ in all[below(all.count)] }
        let count = below(8) == 0 ? below(300) : below(24)
        return scalars(below(3), Self.classes) + (0..<count).flatMap { _ in Self.utf8(few[below(few.count)]) }
            + scalars(below(4), Self.classes)
    }

    /// A token of hundreds of bytes.
    private mutating func long() -> [UInt8] {
        var bytes = scalars(below(4), Self.classes)
        let unit = below(2) == 0 ? scalars(1, Self.classes) : Array(Self.words[below(Self.words.count)].utf8)
        let length = 200 + below(500)
        while bytes.count < length { bytes += unit }
        return bytes + scalars(below(4), Self.classes)
    }

    private static func utf8(_ scalar: Unicode.Scalar) -> [UInt8] { Array(UTF8.encode(scalar) ?? .init()) }

    /// A number below a limit.
    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(max(1, limit)))
    }
}
