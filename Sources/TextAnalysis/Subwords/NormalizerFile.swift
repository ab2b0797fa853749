extension TextNormalizer {
    /// Reads the `normalizer` of a tokenizer file.
    static func read(_ value: JSONValue) throws -> TextNormalizer {
        switch value.type {
        case "Sequence": return .sequence(try value.items("normalizers").map { try read($0) })
        case "BertNormalizer":
            return .bert(
                BertNormalization(
                    cleanText: value["clean_text"]?.bool ?? true,
                    handleChineseCharacters: value["handle_chinese_chars"]?.bool ?? true,
                    stripAccents: value["strip_accents"]?.bool, lowercase: value["lowercase"]?.bool ?? true))
        case "Lowercase": return .lowercase
        case "StripAccents": return .stripAccents
        case "Strip":
            return .strip(left: value["strip_left"]?.bool ?? true, right: value["strip_right"]?.bool ?? true)
        case "Replace":
            return .replace(
                try SplitPattern.read(value["pattern"]), with: try scalars(value.requiredString("content")))
        case "Prepend": return .prepend(scalars(try value.requiredString("prepend")))
        case "Precompiled":
            guard let map = value.part("precompiled_charsmap") else { return .sequence([]) }
            guard let text = map.string else {
                throw SubwordError.malformed(reason: "\"precompiled_charsmap\" is not a string")
            }
            return text.isEmpty ? .sequence([]) : .characterMap(try CharacterMap(base64: text))
        case "ByteLevel": return .byteLevel
        default:
            if let form = CanonicalForm(rawValue: value.type) { return .form(form) }
            throw SubwordError.unsupported(
                part: "normalizer", found: value.type,
                supported:
                    "BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace, Prepend, Precompiled, ByteLevel, Sequence"
            )
        }
    }

    private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}

extension SplitPattern {
    /// Reads a `pattern`: `{"String": …}` or `{"Regex": …}`.
    static func read(_ value: JSONValue?) throws -> SplitPattern {
        if let text = value?["String"]?.string, !text.isEmpty { return SplitPattern(literal: text) }
        if let pattern = value?["Regex"]?.string { return try SplitPattern(pattern) }
        throw SubwordError.malformed(reason: "a \"pattern\" is neither String nor Regex, or empty")
    }

    /// The pattern of GPT-2 (its `encoder.py`).
    static func gpt2() throws -> SplitPattern {
        try SplitPattern(#"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#)
    }
}

extension PreTokenizer {
    /// Reads the `pre_tokenizer` of a tokenizer file.
    static func read(_ value: JSONValue) throws -> PreTokenizer {
        switch value.type {
        case "Sequence": return .sequence(try value.items("pretokenizers").map { try read($0) })
        case "BertPreTokenizer": return .bert
        case "Whitespace": return .whitespace
        case "WhitespaceSplit": return .whitespaceSplit
        case "ByteLevel":
            return .byteLevel(
                prefixSpace: value["add_prefix_space"]?.bool ?? true,
                pattern: value["use_regex"]?.bool ?? true ? try .gpt2() : nil)
        case "Metaspace": return try metaspace(value)
        case "Split":
            return .split(
                try SplitPattern.read(value["pattern"]), try behavior(value["behavior"]),
                inverted: value["invert"]?.bool ?? false)
        case "Digits": return .digits(individual: value["individual_digits"]?.bool ?? false)
        case "Punctuation":
            return .punctuation(value["behavior"] == nil ? .isolated : try behavior(value["behavior"]))
        default:
            throw SubwordError.unsupported(
                part: "pre_tokenizer", found: value.type,
                supported:
                    "BertPreTokenizer, Whitespace, WhitespaceSplit, ByteLevel, Metaspace, Split, Digits, Punctuation, Sequence"
            )
        }
    }

    private static func behavior(_ value: JSONValue?) throws -> SplitBehavior {
        guard let behavior = SplitBehavior(rawValue: value?.string ?? "none") else {
            throw SubwordError.unsupported(
                part: "behavior", found: value?.string ?? "none",
                supported: SplitBehavior.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return behavior
    }

    private static func metaspace(_ value: JSONValue) throws -> PreTokenizer {
        let mark = Array((value["replacement"]?.string ?? "\u{2581}").unicodeScalars)
        guard mark.count == 1 else {
            throw SubwordError.malformed(reason: "Metaspace's \"replacement\" is not one character")
        }
        var name = value["prepend_scheme"]?.string ?? "always"
        if value["add_prefix_space"]?.bool == false { name = "never" }
        guard let prepending = Prepending(rawValue: name) else {
            throw SubwordError.unsupported(part: "prepend_scheme", found: name, supported: "first, always, never")
        }
        return .metaspace(mark[0].value, prepending, split: value["split"]?.bool ?? true)
    }
}
