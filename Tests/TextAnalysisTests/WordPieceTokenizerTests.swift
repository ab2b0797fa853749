import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("WordPiece tokenizer")
struct WordPieceTokenizerTests {
    @Test("Ids equal those of Hugging Face's tokenizers in every script.", arguments: WordPieceGolden.cases)
    func golden(example: WordPieceGolden.Case) throws {
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceGolden.pieces)
        #expect(
            SubwordPipeline(vocabulary: vocabulary).encode(example.text) == example.uncased,
            "uncased \(example.text)")
        let cased = SubwordPipeline(
            vocabulary: vocabulary, normalization: BertNormalization(lowercase: false))
        #expect(cased.encode(example.text) == example.cased, "cased \(example.text)")
    }

    /// The greedy longest match by trying all ends, as the paper describes it.
    private func naive(_ word: String, _ vocabulary: WordPieceVocabulary) -> [Int32] {
        let characters = Array(word.unicodeScalars)
        var ids: [Int32] = []
        var start = 0
        while start < characters.count {
            var end = characters.count
            var found: Int32?
            while end > start {
                var piece = start > 0 ? "##" : ""
                piece.unicodeScalars.append(contentsOf: characters[start..<end])
                found = vocabulary.id(of: piece)
                if found != nil { break }
                end -= 1
            }
            guard let found else { return [vocabulary.unknownID] }
            ids.append(found)
            start = end
        }
        return ids
    }

    @Test("Random words are cut as by trying all ends.")
    func greedy() throws {
        let seed: UInt64 = 99
        var random = SeededGenerator(seed: seed)
        let letters = Array("abcé").map(String.init)
        var pieces: Set<String> = []
        for _ in 0..<60 {
            let body = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                letters[Int.random(in: 0..<4, using: &random)]
            }.joined()
            pieces.insert(Bool.random(using: &random) ? body : "##" + body)
        }
        let vocabulary = try WordPieceVocabulary(pieces: ["[UNK]"] + pieces.sorted())
        let tokenizer = SubwordPipeline(
            vocabulary: vocabulary, normalization: BertNormalization(stripAccents: false))
        for round in 0..<500 {
            let word = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                letters[Int.random(in: 0..<4, using: &random)]
            }.joined()
            #expect(tokenizer.encode(word) == naive(word, vocabulary), "seed \(seed), round \(round): \(word)")
        }
    }

    @Test("Random bytes never trap, and a session does not depend on its past.")
    func hostileBytes() throws {
        let seed: UInt64 = 4
        var random = SeededGenerator(seed: seed)
        let tokenizer = SubwordPipeline(vocabulary: try WordPieceVocabulary(pieces: WordPieceGolden.pieces))
        let parts = try #require(tokenizer.bertPieces)
        let old = WordPieceSession(parts)
        for round in 0..<500 {
            let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let ids = [old, WordPieceSession(parts)].map { session in
                var ids: [Int32] = []
                bytes.withUnsafeBufferPointer { session.encode($0, into: &ids) }
                return ids
            }
            #expect(ids[0] == ids[1], "seed \(seed), round \(round)")
            #expect(ids[0] == tokenizer.encode(String(decoding: bytes, as: UTF8.self)), "seed \(seed), round \(round)")
        }
    }

    @Test("The fast path gives the ids of the general one on random text, whatever the normalization.")
    func fastPath() throws {
        let seed: UInt64 = 12
        var random = SeededGenerator(seed: seed)
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceGolden.pieces)
        let odd = Array(" \t\n\u{A0}\u{3000}aZé\u{301}\u{327}İſ漢字कि\u{200D}[MASK]##!\u{AD}\u{FFFD}Ως".unicodeScalars)
        for round in 0..<300 {
            let normalization = BertNormalization(
                cleanText: Bool.random(using: &random), handleChineseCharacters: Bool.random(using: &random),
                stripAccents: [nil, true, false].randomElement(using: &random) ?? nil,
                lowercase: Bool.random(using: &random))
            let written = SubwordPipeline(vocabulary: vocabulary, normalization: normalization)
            let tokenizer =
                round.isMultiple(of: 20)
                ? try SubwordPipeline(tokenizerJSON: Array(written.tokenizerJSON().utf8)) : written
            #expect(tokenizer.bertPieces != nil)
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                if Int.random(in: 0..<4, using: &random) > 0, let scalar = odd.randomElement(using: &random) {
                    text.append(scalar)
                } else if Int.random(in: 0..<8, using: &random) == 0 {
                    text.append(contentsOf: "[MASK]".unicodeScalars)
                } else if let scalar = Unicode.Scalar(UInt32.random(in: 1..<0x3000, using: &random)) {
                    text.append(scalar)
                }
            }
            let general = SubwordSession(tokenizer, isGeneral: true).encode(String(text))
            #expect(
                tokenizer.encode(String(text)) == general,
                "seed \(seed), round \(round): \(String(text).debugDescription)")
        }
    }

    @Test("Threads that share a tokenizer get the same ids.")
    func threads() async throws {
        let tokenizer = SubwordPipeline(vocabulary: try WordPieceVocabulary(pieces: WordPieceGolden.pieces))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { WordPieceGolden.cases.allSatisfy { tokenizer.encode($0.text) == $0.uncased } }
            }
            for await same in group { #expect(same) }
        }
    }
}
