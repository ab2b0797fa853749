import CICU

/// How text is prepared before it is cut: the normalizers of Hugging Face's tokenizers, over code points.
indirect enum TextNormalizer: Sendable {
    case sequence([TextNormalizer])
    case bert(BertNormalization)
    case form(CanonicalForm)
    case lowercase
    case stripAccents
    case strip(left: Bool, right: Bool)
    case replace(SplitPattern, with: [UInt32])
    case prepend([UInt32])
    case characterMap(CharacterMap)
    case byteLevel

    /// Prepares a text.
    func apply(_ text: inout [UInt32]) {
        switch self {
        case .sequence(let parts): for part in parts { part.apply(&text) }
        case .bert(let options): Self.bert(&text, options)
        case .form(let form): form.apply(&text)
        case .lowercase: Self.lowercase(&text)
        case .stripAccents:
            text.removeAll { Self.isMark($0) }
        case .strip(let left, let right):
            if right { while let last = text.last, cicu_is_white_space(last) != 0 { text.removeLast() } }
            if left { text.removeFirst(text.prefix { cicu_is_white_space($0) != 0 }.count) }
        case .replace(let pattern, let content):
            var result: [UInt32] = []
            for stretch in pattern.stretches(text) { result += stretch.isMatch ? content[...] : text[stretch.range] }
            text = result
        case .prepend(let content): if !text.isEmpty { text.insert(contentsOf: content, at: 0) }
        case .characterMap(let map): map.apply(&text)
        case .byteLevel: ByteAlphabet.encode(&text)
        }
    }

    /// Whether Unicode 9 has it as a mark of any kind; three characters have changed since.
    private static func isMark(_ c: UInt32) -> Bool {
        switch c {
        case 0..<0x300, 0x111C9: false
        case 0x1CF2, 0x1CF3: true
        default: cicu_age(c) <= 9 && (6...8).contains(cicu_general_category(c))
        }
    }

    private static func lowercase(_ text: inout [UInt32]) {
        var result: [UInt32] = []
        result.reserveCapacity(text.count)
        for scalar in text {
            if BertCharacter.of(scalar).contains(.lowercases) {
                result += BertCharacter.lowercase(scalar)
            } else {
                result.append(scalar)
            }
        }
        text = result
    }

    private static func bert(_ text: inout [UInt32], _ options: BertNormalization) {
        var result: [UInt32] = []
        result.reserveCapacity(text.count)
        for scalar in text {
            let properties = BertCharacter.of(scalar)
            var scalar = scalar
            if options.cleanText {
                if properties.contains(.dropped) { continue }
                if properties.contains(.whitespace) { scalar = 0x20 }
            }
            if options.handleChineseCharacters, properties.contains(.chinese) {
                result += [0x20, scalar, 0x20]
            } else {
                result.append(scalar)
            }
        }
        if options.dropsAccents {
            CanonicalForm.nfd.apply(&result)
            result.removeAll { BertCharacter.of($0).contains(.mark) }
        }
        if options.lowercase { lowercase(&result) }
        text = result
    }
}
