/// Cuts text into words as BertNormalizer and BertPreTokenizer do: white space separates, punctuation stands alone.
///
/// Works on chunks, the stretches between ASCII white space, because no rule looks across one.
struct BertWords: Sendable {
    let normalization: BertNormalization
    private var scalars: [UInt32] = []
    private var normalized: [UInt32] = []
    private var bytes: [UInt8] = []

    init(_ normalization: BertNormalization) { self.normalization = normalization }

    /// Calls `body` with start and end of each chunk in `text[start..<end]`.
    @inline(__always)
    static func forEachChunk(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
        _ body: (_ chunk: UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var i = start
        while i < end {
            while i < end, isSeparator(text[i]) { i &+= 1 }
            let first = i
            while i < end, !isSeparator(text[i]) { i &+= 1 }
            if first < i { body(UnsafeBufferPointer(rebasing: text[first..<i])) }
        }
    }

    @inline(__always) private static func isSeparator(_ byte: UInt8) -> Bool {
        byte <= 0x20 && (byte == 0x20 || byte == 10 || byte == 9 || byte == 13)
    }

    /// Calls `body` with the UTF-8 of each word of a chunk; valid only during the call.
    mutating func forEachWord(in chunk: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if chunk.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            forEachASCIIWord(in: chunk, body)
            return
        }
        clean(chunk)
        if normalization.dropsAccents { dropAccents() }
        if normalization.lowercase { lowercase() }
        split(body)
    }

    private mutating func forEachASCIIWord(
        in chunk: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        bytes.removeAll(keepingCapacity: true)
        for byte in chunk {
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            bytes.append(normalization.lowercase && isUpper ? byte | 0x20 : byte)
        }
        bytes.withUnsafeBufferPointer { text in
            var first = 0
            for i in text.indices where BertCharacter.isASCIIPunctuation(UInt32(text[i])) {
                if first < i { body(UnsafeBufferPointer(rebasing: text[first..<i])) }
                body(UnsafeBufferPointer(rebasing: text[i...i]))
                first = i + 1
            }
            if first < text.count { body(UnsafeBufferPointer(rebasing: text[first...])) }
        }
    }

    /// Decodes (ill-formed bytes become U+FFFD), drops controls, pads Chinese characters with spaces.
    private mutating func clean(_ chunk: UnsafeBufferPointer<UInt8>) {
        scalars.removeAll(keepingCapacity: true)
        var decoder = UTF8()
        var iterator = chunk.makeIterator()
        while true {
            let scalar: UInt32
            switch decoder.decode(&iterator) {
            case .scalarValue(let value): scalar = value.value
            case .error: scalar = 0xFFFD
            case .emptyInput: return
            }
            let properties = BertCharacter.of(scalar)
            if normalization.cleanText {
                if properties.contains(.dropped) { continue }
                if properties.contains(.whitespace) {
                    scalars.append(0x20)
                    continue
                }
            }
            if normalization.handleChineseCharacters, properties.contains(.chinese) {
                scalars.append(contentsOf: [0x20, scalar, 0x20])
            } else {
                scalars.append(scalar)
            }
        }
    }

    /// NFD without non-spacing marks.
    private mutating func dropAccents() {
        normalized.removeAll(keepingCapacity: true)
        var needsOrdering = false
        for scalar in scalars {
            let properties = BertCharacter.of(scalar)
            if properties.contains(.decomposes) {
                for part in BertCharacter.decomposition(scalar) {
                    if BertCharacter.of(part).contains(.reorders) { needsOrdering = true }
                    normalized.append(part)
                }
            } else {
                if properties.contains(.reorders) { needsOrdering = true }
                normalized.append(scalar)
            }
        }
        if needsOrdering { orderMarks() }
        normalized.removeAll { BertCharacter.of($0).contains(.mark) }
        swap(&scalars, &normalized)
    }

    /// Unicode's canonical ordering algorithm: sorts each run of characters with a combining class by that class, keeping ties.
    private mutating func orderMarks() {
        var first = 0
        while first < normalized.count {
            var end = first
            while end < normalized.count, BertCharacter.combiningClass(normalized[end]) != 0 { end += 1 }
            if end - first > 1 {
                let run = normalized[first..<end].enumerated().sorted { a, b in
                    (BertCharacter.combiningClass(a.element), a.offset) < (
                        BertCharacter.combiningClass(b.element), b.offset
                    )
                }
                normalized.replaceSubrange(first..<end, with: run.map(\.element))
            }
            first = end + 1
        }
    }

    private mutating func lowercase() {
        normalized.removeAll(keepingCapacity: true)
        for scalar in scalars {
            if BertCharacter.of(scalar).contains(.lowercases) {
                normalized.append(contentsOf: BertCharacter.lowercase(scalar))
            } else {
                normalized.append(scalar)
            }
        }
        swap(&scalars, &normalized)
    }

    private mutating func split(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.removeAll(keepingCapacity: true)
        for value in scalars {
            let properties = BertCharacter.of(value)
            if properties.contains(.whitespace) {
                flush(body)
                continue
            }
            if properties.contains(.punctuation) { flush(body) }
            UTF8Bytes.append(value, to: &bytes)
            if properties.contains(.punctuation) { flush(body) }
        }
        flush(body)
    }

    private mutating func flush(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if !bytes.isEmpty { bytes.withUnsafeBufferPointer(body) }
        bytes.removeAll(keepingCapacity: true)
    }
}
