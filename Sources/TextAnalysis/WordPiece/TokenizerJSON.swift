extension WordPieceTokenizer {
    /// Reads a `tokenizer.json` of Hugging Face's tokenizers.
    ///
    /// The model must be WordPiece with the prefix `##`, the normalizer BertNormalizer or none, the pre-tokenizer BertPreTokenizer;
    /// anything else throws ``WordPieceError/unsupported(part:found:supported:)``. Truncation, padding, post-processor and decoder are
    /// not used: ``encode(_:)`` gives all ids of the text alone.
    public init(tokenizerJSON bytes: [UInt8]) throws {
        let file: JSONValue
        do {
            file = try JSONReader.read(bytes)
        } catch let fault as JSONReader.Fault {
            throw WordPieceError.malformed(reason: "\(fault.problem) at byte \(fault.offset)")
        }
        guard let model = file["model"] else { throw WordPieceError.malformed(reason: "no \"model\"") }
        let type =
            model["type"]?.string ?? (model["continuing_subword_prefix"] == nil ? "of no stated type" : "WordPiece")
        guard type == "WordPiece" else {
            throw WordPieceError.unsupported(part: "model", found: type, supported: "WordPiece")
        }
        let prefix = model["continuing_subword_prefix"]?.string ?? "##"
        guard prefix == "##" else {
            throw WordPieceError.unsupported(part: "continuing_subword_prefix", found: prefix, supported: "##")
        }
        let vocabulary = try Self.vocabulary(model)
        let longest = model["max_input_chars_per_word"]?.integer ?? 100
        guard longest > 0 else { throw WordPieceError.malformed(reason: "max_input_chars_per_word is not above 0") }
        try Self.checkPreTokenizer(file["pre_tokenizer"])
        self.init(
            vocabulary: vocabulary, normalization: try Self.normalization(file["normalizer"]),
            addedTokens: try Self.addedTokens(file["added_tokens"]), maximumCharactersPerWord: longest)
    }

    private static func vocabulary(_ model: JSONValue) throws -> WordPieceVocabulary {
        guard case .object(let members)? = model["vocab"] else {
            throw WordPieceError.malformed(reason: "no \"vocab\" object")
        }
        var pieces = [String?](repeating: nil, count: members.count)
        for (piece, value) in members {
            guard let id = value.integer, pieces.indices.contains(id), pieces[id] == nil else {
                throw WordPieceError.malformed(
                    reason:
                        "the id of piece \"\(piece)\" is not a whole number, not below \(members.count), or used twice")
            }
            pieces[id] = piece
        }
        return try WordPieceVocabulary(
            pieces: pieces.compactMap { $0 }, unknownToken: model["unk_token"]?.string ?? "[UNK]")
    }

    private static func normalization(_ value: JSONValue?) throws -> BertNormalization {
        guard let value, !value.isNull else {
            return BertNormalization(
                cleanText: false, handleChineseCharacters: false, stripAccents: false, lowercase: false)
        }
        if value["type"]?.string == "Sequence", case .array(let parts)? = value["normalizers"], parts.count == 1 {
            return try normalization(parts[0])
        }
        let type = value["type"]?.string ?? "of no stated type"
        guard type == "BertNormalizer" else {
            throw WordPieceError.unsupported(part: "normalizer", found: type, supported: "BertNormalizer")
        }
        return BertNormalization(
            cleanText: value["clean_text"]?.bool ?? true,
            handleChineseCharacters: value["handle_chinese_chars"]?.bool ?? true,
            stripAccents: value["strip_accents"]?.bool, lowercase: value["lowercase"]?.bool ?? true)
    }

    private static func checkPreTokenizer(_ value: JSONValue?) throws {
        let type = value?["type"]?.string ?? "none"
        guard type == "BertPreTokenizer" else {
            throw WordPieceError.unsupported(part: "pre_tokenizer", found: type, supported: "BertPreTokenizer")
        }
    }

    private static func addedTokens(_ value: JSONValue?) throws -> [AddedToken] {
        guard case .array(let items)? = value else { return [] }
        return try items.map { item in
            guard let content = item["content"]?.string, let id = item["id"]?.integer, let id = Int32(exactly: id)
            else {
                throw WordPieceError.malformed(reason: "an added token without \"content\" or \"id\"")
            }
            if item["single_word"]?.bool == true || item["normalized"]?.bool == true {
                throw WordPieceError.unsupported(
                    part: "added token \"\(content)\"", found: "single_word or normalized",
                    supported: "tokens matched anywhere in the raw text")
            }
            return AddedToken(content: content, id: id, special: item["special"]?.bool ?? false)
        }
    }

    /// The tokenizer as a `tokenizer.json` that Hugging Face's tokenizers reads, with truncation and padding off.
    ///
    /// The same tokenizer always gives the same bytes; the vocabulary is written in id order.
    public func tokenizerJSON() -> String {
        let added = addedTokens.map { token in
            "{\"id\":\(token.id),\"content\":\(JSONValue.quoted(token.content)),\"single_word\":false,\"lstrip\":false,"
                + "\"rstrip\":false,\"normalized\":false,\"special\":\(token.special)}"
        }
        let vocab = vocabulary.pieces.enumerated().map { "\(JSONValue.quoted($1)):\($0)" }
        let strip = normalization.stripAccents.map { "\($0)" } ?? "null"
        return """
            {"version":"1.0","truncation":null,"padding":null,
            "added_tokens":[\(added.joined(separator: ","))],
            "normalizer":{"type":"BertNormalizer","clean_text":\(normalization.cleanText),\
            "handle_chinese_chars":\(normalization.handleChineseCharacters),"strip_accents":\(strip),\
            "lowercase":\(normalization.lowercase)},
            "pre_tokenizer":{"type":"BertPreTokenizer"},
            "post_processor":null,
            "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
            "model":{"type":"WordPiece","unk_token":\(JSONValue.quoted(vocabulary.unknownToken)),\
            "continuing_subword_prefix":"##","max_input_chars_per_word":\(maximumCharactersPerWord),
            "vocab":{\(vocab.joined(separator: ",\n"))}}}

            """
    }
}
