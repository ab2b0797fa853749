extension SubwordPipeline {
    /// A WordPiece tokenizer with BERT's preparation; the special tokens that the vocabulary has become added tokens.
    ///
    /// Greedy longest match within each word (Wu et al. 2016, section 4.1; Devlin et al. 2019); a word with a part that is no piece, or
    /// with more than `maximumCharactersPerWord` characters, becomes the unknown token.
    public init(
        vocabulary: WordPieceVocabulary, normalization: BertNormalization = BertNormalization(),
        maximumCharactersPerWord: Int = 100
    ) {
        var index = PieceIndex()
        for (id, piece) in vocabulary.pieces.enumerated() { index.add(piece, id: Int32(id)) }
        let added = WordPieceVocabulary.specialTokens.compactMap { content in
            vocabulary.id(of: content).map { AddedPiece(content: content.unicodeScalars.map(\.value), id: $0) }
        }
        self.init(
            source: Self.wordPieceJSON(vocabulary, added, normalization, maximumCharactersPerWord), addedTokens: added,
            normalizer: .bert(normalization), preTokenizer: .bert,
            model: .wordPiece(
                PieceTrie(index, continuingPrefix: "##"), unknown: vocabulary.unknownID,
                longest: maximumCharactersPerWord),
            pieces: vocabulary.pieces)
    }

    /// Reads a BERT folder without `tokenizer.json`: the text of its `vocab.txt`, and of its `tokenizer_config.json` where it has one.
    public init(vocabularyText: String, configuration bytes: [UInt8]? = nil) throws {
        var configuration = JSONValue.object([])
        if let bytes {
            do { configuration = try JSONReader.read(bytes) } catch let fault as JSONReader.Fault {
                throw SubwordError.malformed(
                    reason: "tokenizer_config.json has a fault: \(fault.problem) at byte \(fault.offset)")
            }
        }
        let vocabulary = try WordPieceVocabulary(
            vocabularyText: vocabularyText, unknownToken: configuration["unk_token"]?.string ?? "[UNK]")
        self.init(
            vocabulary: vocabulary,
            normalization: BertNormalization(
                handleChineseCharacters: configuration["tokenize_chinese_chars"]?.bool ?? true,
                stripAccents: configuration["strip_accents"]?.bool,
                lowercase: configuration["do_lower_case"]?.bool ?? true))
        specialTokens = (
            vocabulary.id(of: configuration["cls_token"]?.string ?? "[CLS]").map { [$0] } ?? [],
            vocabulary.id(of: configuration["sep_token"]?.string ?? "[SEP]").map { [$0] } ?? []
        )
    }

    /// A `tokenizer.json` that Hugging Face's tokenizers reads; the same tokenizer always gives the same bytes, pieces in id order.
    private static func wordPieceJSON(
        _ vocabulary: WordPieceVocabulary, _ added: [AddedPiece], _ normalization: BertNormalization, _ longest: Int
    ) -> String {
        let added = added.map { token in
            "{\"id\":\(token.id),\"content\":\(JSONValue.quoted(token.text)),\"single_word\":false,\"lstrip\":false,"
                + "\"rstrip\":false,\"normalized\":false,\"special\":true}"
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
            "continuing_subword_prefix":"##","max_input_chars_per_word":\(longest),
            "vocab":{\(vocab.joined(separator: ",\n"))}}}

            """
    }
}
