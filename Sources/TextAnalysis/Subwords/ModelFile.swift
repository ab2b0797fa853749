extension SubwordModel {
    /// Reads the `model` of a tokenizer file: the model, and its pieces by id.
    static func read(_ value: JSONValue) throws -> (model: SubwordModel, pieces: [String?]) {
        switch value["type"]?.string ?? guessedType(value) {
        case "WordPiece": return try wordPiece(value)
        case "BPE": return try bytePair(value)
        case "Unigram": return try unigram(value)
        case let type:
            throw SubwordError.unsupported(part: "model", found: type, supported: "WordPiece, BPE, Unigram")
        }
    }

    /// The type of a model that does not state it, as older files.
    private static func guessedType(_ value: JSONValue) -> String {
        if value["merges"] != nil { return "BPE" }
        if value["unk_id"] != nil { return "Unigram" }
        return value["max_input_chars_per_word"] != nil ? "WordPiece" : "of no stated type"
    }

    private static func vocabulary(_ value: JSONValue) throws -> (index: PieceIndex, pieces: [String?]) {
        guard case .object(let members)? = value["vocab"] else {
            throw SubwordError.malformed(reason: "no \"vocab\" object")
        }
        var index = PieceIndex()
        for (piece, value) in members {
            guard let id = value.integer.flatMap({ Int32(exactly: $0) }), id >= 0, Int(id) < 2 * members.count + 100_000
            else {
                throw SubwordError.malformed(reason: "the id of piece \"\(piece)\" is not a whole number, or too large")
            }
            index.add(piece, id: id)
        }
        var pieces = [String?](repeating: nil, count: index.size)
        for (piece, value) in members { if let id = value.integer { pieces[id] = piece } }
        return (index, pieces)
    }

    private static func wordPiece(_ value: JSONValue) throws -> (SubwordModel, [String?]) {
        let (index, pieces) = try vocabulary(value)
        let name = value["unk_token"]?.string ?? "[UNK]"
        guard let unknown = index.id(name) else {
            throw SubwordError.malformed(reason: "the vocabulary lacks the unk_token \"\(name)\"")
        }
        let longest = value["max_input_chars_per_word"]?.integer ?? 100
        let prefix = value["continuing_subword_prefix"]?.string ?? "##"
        return (
            .wordPiece(PieceTrie(index, continuingPrefix: prefix), unknown: unknown, longest: longest), pieces
        )
    }

    private static func bytePair(_ value: JSONValue) throws -> (SubwordModel, [String?]) {
        if let dropout = value.part("dropout"), dropout.text != "0" {
            throw SubwordError.unsupported(
                part: "dropout", found: dropout.text, supported: "null, because ids must not be random")
        }
        let (index, pieces) = try vocabulary(value)
        var model = BytePairModel(pieces: index)
        if let name = value.part("unk_token")?.string {
            guard let id = index.id(name) else {
                throw SubwordError.malformed(reason: "the vocabulary lacks the unk_token \"\(name)\"")
            }
            model.unknown = id
        }
        model.fusesUnknown = value["fuse_unk"]?.bool ?? false
        model.ignoresMerges = value["ignore_merges"]?.bool ?? false
        if value["byte_fallback"]?.bool == true { model.bytes = index.byteIDs }
        let prefix = value["continuing_subword_prefix"]?.string ?? ""
        model.prefix = Array(prefix.utf8)
        model.suffix = Array((value["end_of_word_suffix"]?.string ?? "").utf8)
        for (rank, merge) in try value.items("merges").enumerated() {
            guard let (a, b) = halves(merge), let first = index.id(a), let second = index.id(b),
                let merged = index.id(a + String(b.unicodeScalars.dropFirst(prefix.unicodeScalars.count))),
                let rank = Int32(exactly: rank)
            else {
                throw SubwordError.malformed(
                    reason: "merge \(rank) (\(merge.text)) is not two pieces of the vocabulary that make a third")
            }
            model.merges[BytePairModel.pair(first, second)] = .init(rank: rank, id: merged)
        }
        return (.bytePair(model), pieces)
    }

    /// A merge as `["a", "b"]`, or as `"a b"` in older files.
    private static func halves(_ value: JSONValue) -> (String, String)? {
        if case .array(let items) = value {
            guard items.count == 2, let a = items[0].string, let b = items[1].string else { return nil }
            return (a, b)
        }
        guard let text = value.string else { return nil }
        let parts = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
    }

    private static func unigram(_ value: JSONValue) throws -> (SubwordModel, [String?]) {
        var index = PieceIndex()
        var pieces: [String?] = []
        var scores: [Double] = []
        for item in try value.items("vocab") {
            guard case .array(let pair) = item, pair.count == 2, let piece = pair[0].string,
                case .number(let score) = pair[1],
                let id = Int32(exactly: pieces.count)
            else {
                throw SubwordError.malformed(reason: "item \(pieces.count) of \"vocab\" is not a piece and its score")
            }
            index.add(piece, id: id)
            pieces.append(piece)
            scores.append(score)
        }
        var unknown: Int32?
        if let id = value.part("unk_id") {
            guard let number = id.integer, pieces.indices.contains(number) else {
                throw SubwordError.malformed(reason: "\"unk_id\" is not an id of the vocabulary")
            }
            unknown = Int32(number)
        }
        let bytes = value["byte_fallback"]?.bool == true ? index.byteIDs : nil
        return (.unigram(UnigramModel(pieces: index, scores: scores, unknown: unknown, bytes: bytes)), pieces)
    }
}
