extension SubwordPipeline {
    /// Reads a `tokenizer.json` of Hugging Face's tokenizers.
    ///
    /// A part that would need what this library does not have throws ``SubwordError/unsupported(part:found:supported:)``. Truncation,
    /// padding and decoder are not used.
    public init(tokenizerJSON bytes: [UInt8]) throws {
        let file: JSONValue
        var source = bytes
        do {
            let (value, members) = try JSONReader.readMembers(bytes)
            file = value
            for member in members.reversed() where ["truncation", "padding"].contains(member.key) {
                source.replaceSubrange(member.value, with: "null".utf8)
            }
        } catch let fault as JSONReader.Fault {
            throw SubwordError.malformed(reason: "\(fault.problem) at byte \(fault.offset)")
        }
        guard let part = file["model"] else { throw SubwordError.malformed(reason: "no \"model\"") }
        let (model, vocabulary) = try SubwordModel.read(part)
        var pieces = vocabulary
        let normalizer = try file.part("normalizer").map { try TextNormalizer.read($0) }
        let preTokenizer = try file.part("pre_tokenizer").map { try PreTokenizer.read($0) }
        if case .sequence(let steps)? = preTokenizer, normalizer != nil {
            for case .metaspace(_, .first, _) in steps.dropFirst() {
                throw SubwordError.unsupported(
                    part: "pre_tokenizer",
                    found: "Metaspace with prepend_scheme first behind another one and a normalizer",
                    supported: "that without a normalizer, or prepend_scheme always or never")
            }
        }
        let added = try file.items("added_tokens").map { try Self.addedToken($0) }
        for token in added {
            let id = Int(token.id)
            guard id < pieces.count + added.count + 1_000_000 else {
                throw SubwordError.malformed(reason: "the id \(id) of an added token is far beyond the vocabulary")
            }
            if id >= pieces.count { pieces += [String?](repeating: nil, count: id + 1 - pieces.count) }
            pieces[id] = token.text
        }
        self.init(
            source: String(decoding: source, as: UTF8.self), addedTokens: added, normalizer: normalizer,
            preTokenizer: preTokenizer, model: model, pieces: pieces,
            specialTokens: try SpecialTokens.read(file.part("post_processor")))
        pairTemplate = try PairTemplate.read(file.part("post_processor"))
    }

    private static func addedToken(_ item: JSONValue) throws -> AddedPiece {
        guard let content = item["content"]?.string, let id = item["id"]?.integer.flatMap({ Int32(exactly: $0) }),
            id >= 0
        else { throw SubwordError.malformed(reason: "an added token without \"content\" or \"id\"") }
        var piece = AddedPiece(content: content.unicodeScalars.map(\.value), id: id)
        piece.isSingleWord = item["single_word"]?.bool ?? false
        piece.stripsLeft = item["lstrip"]?.bool ?? false
        piece.stripsRight = item["rstrip"]?.bool ?? false
        let isSpecial = item["special"]?.bool ?? false
        piece.isNormalized = item["normalized"]?.bool ?? !isSpecial
        return piece
    }
}

/// The special tokens that a post-processor puts around a single text.
enum SpecialTokens {
    static func read(_ value: JSONValue?) throws -> (before: [Int32], after: [Int32]) {
        guard let value else { return ([], []) }
        switch value.type {
        case "ByteLevel": return ([], [])
        case "BertProcessing", "RobertaProcessing":
            return ([try pair(value["cls"])], [try pair(value["sep"])])
        case "TemplateProcessing": return try template(value)
        case "Sequence":
            return try value.items("processors").reduce(into: ([], [])) { result, part in
                let (before, after) = try read(part)
                result = (before + result.0, result.1 + after)
            }
        default:
            throw SubwordError.unsupported(
                part: "post_processor", found: value.type,
                supported: "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence")
        }
    }

    private static func pair(_ value: JSONValue?) throws -> Int32 {
        guard case .array(let items)? = value, items.count == 2,
            let id = items[1].integer.flatMap({ Int32(exactly: $0) })
        else { throw SubwordError.malformed(reason: "a special token of the post-processor has no id") }
        return id
    }

    private static func template(_ value: JSONValue) throws -> (before: [Int32], after: [Int32]) {
        var (before, after): ([Int32], [Int32]) = ([], [])
        var isAfter = false
        for item in try value.items("single") {
            if item["Sequence"] != nil {
                if isAfter {
                    throw SubwordError.unsupported(
                        part: "post_processor", found: "a template that has the text twice", supported: "once")
                }
                isAfter = true
            } else {
                let ids = try ids(of: item, in: value)
                if isAfter { after += ids } else { before += ids }
            }
        }
        return (before, after)
    }

    /// The ids of a special token that a template names.
    static func ids(of item: JSONValue, in template: JSONValue) throws -> [Int32] {
        guard let name = item["SpecialToken"]?["id"]?.string,
            case .object(let tokens)? = template["special_tokens"],
            let token = tokens.first(where: { $0.key.utf8.elementsEqual(name.utf8) })?.value
        else { throw SubwordError.malformed(reason: "a special token of the template is not defined") }
        return try token.items("ids").map { id in
            guard let id = id.integer.flatMap({ Int32(exactly: $0) }) else {
                throw SubwordError.malformed(reason: "a special token of the template has no id")
            }
            return id
        }
    }
}

extension JSONValue {
    /// The `type` of a part of a tokenizer.
    var type: String { self["type"]?.string ?? "of no stated type" }

    /// A member that is there and not null.
    func part(_ key: String) -> JSONValue? { self[key].flatMap { $0.isNull ? nil : $0 } }

    /// The items of a list; none where it is missing or null.
    func items(_ key: String) throws -> [JSONValue] {
        guard let value = part(key) else { return [] }
        guard case .array(let items) = value else { throw SubwordError.malformed(reason: "\"\(key)\" is not a list") }
        return items
    }

    /// A member that is a string.
    func requiredString(_ key: String) throws -> String {
        guard let text = self[key]?.string else { throw SubwordError.malformed(reason: "\(type) has no \"\(key)\"") }
        return text
    }

    /// The value as JSON.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
        case .string(let value): Self.quoted(value)
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0.key)):\($0.value.text)" }.joined(separator: ",\n") + "}"
        }
    }
}
