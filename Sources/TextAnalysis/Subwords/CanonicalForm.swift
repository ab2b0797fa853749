import CICU

/// Unicode's normalization forms over the tables of Unicode 9, which Hugging Face's tokenizers has; later characters stay as they are.
enum CanonicalForm: String, CaseIterable, Sendable {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    private var isCompatible: Bool { self == .nfkc || self == .nfkd }
    private var composes: Bool { self == .nfc || self == .nfkc }

    /// Brings text into the form (Unicode Standard, section 3.11).
    func apply(_ text: inout [UInt32]) {
        if text.allSatisfy({ $0 < 0x80 }) { return }
        var result: [UInt32] = []
        result.reserveCapacity(text.count + 8)
        for scalar in text {
            let parts = decomposition(scalar)
            if parts.isEmpty { result.append(scalar) } else { result += parts }
        }
        Self.order(&result)
        if composes { Self.compose(&result) }
        text = result
    }

    private func decomposition(_ c: UInt32) -> [UInt32] {
        guard c >= 0xA0 else { return [] }
        guard isCompatible else { return BertCharacter.decomposition(c) }
        guard cicu_age(c) <= 9 else { return [] }
        return [UInt32](unsafeUninitializedCapacity: 32) { buffer, count in
            count = Int(cicu_decompose_compatibly(c, buffer.baseAddress, Int32(buffer.count)))
        }
    }

    /// Sorts each run of characters with a combining class by that class, keeping ties.
    private static func order(_ text: inout [UInt32]) {
        var first = 0
        while first < text.count {
            var end = first
            while end < text.count, combiningClass(text[end]) != 0 { end += 1 }
            if end - first > 1 {
                let run = text[first..<end].enumerated().sorted { a, b in
                    (combiningClass(a.element), a.offset) < (combiningClass(b.element), b.offset)
                }
                text.replaceSubrange(first..<end, with: run.map(\.element))
            }
            first = end + 1
        }
    }

    private static func combiningClass(_ c: UInt32) -> Int32 { c < 0x300 ? 0 : BertCharacter.combiningClass(c) }

    /// Composes each character with the last starter before it, unless something between them blocks it.
    private static func compose(_ text: inout [UInt32]) {
        var result: [UInt32] = []
        result.reserveCapacity(text.count)
        var starter: Int?
        var lastClass: Int32 = -1
        for c in text {
            let own = combiningClass(c)
            if let place = starter, lastClass < own || lastClass == -1 {
                let composed = cicu_compose(result[place], c)
                if composed != 0, cicu_age(composed) <= 9 {
                    result[place] = composed
                    continue
                }
            }
            if own == 0 {
                starter = result.count
                lastClass = -1
            } else {
                lastClass = own
            }
            result.append(c)
        }
        text = result
    }
}
