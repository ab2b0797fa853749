import DecoyTestSupport
import Foundation
import Testing

@testable import TextAnalysis

@Suite("tokenizer.json")
struct TokenizerJSONTests {
    private func tokenizer(_ json: String) throws -> WordPieceTokenizer {
        try WordPieceTokenizer(tokenizerJSON: Array(json.utf8))
    }

    @Test("A tokenizer survives its file, pieces that are canonically equivalent included.")
    func roundTrip() throws {
        let pieces =
            WordPieceVocabulary.specialTokens + [
                "a", "##a", "\u{E9}", "e\u{301}", "\"", "\\", "##\u{1F600}", "\u{1}", "/",
            ]
        let normalization = BertNormalization(
            cleanText: true, handleChineseCharacters: false, stripAccents: false, lowercase: false)
        let original = WordPieceTokenizer(
            vocabulary: try WordPieceVocabulary(pieces: pieces), normalization: normalization,
            maximumCharactersPerWord: 77)
        let json = original.tokenizerJSON()
        let copy = try tokenizer(json)
        #expect(copy.vocabulary == original.vocabulary)
        #expect(copy.normalization == normalization && copy.maximumCharactersPerWord == 77)
        #expect(copy.addedTokens == original.addedTokens)
        #expect(copy.tokenizerJSON() == json)
        #expect(copy.encode("e\u{301} \u{E9} [MASK]") == [8, 7, 4])
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
    }

    @Test("A vocab.txt is read with both kinds of line ends and written back.")
    func vocabularyText() throws {
        let vocabulary = try WordPieceVocabulary(vocabularyText: "[PAD]\r\n[UNK]\r\na\r\n##b\r\n")
        #expect(vocabulary.pieces == ["[PAD]", "[UNK]", "a", "##b"])
        #expect(try WordPieceVocabulary(vocabularyText: vocabulary.vocabularyText) == vocabulary)
        #expect(vocabulary.id(of: "##b") == 3 && vocabulary.id(of: "b") == nil)
        #expect(throws: WordPieceError.duplicatePiece("a")) { try WordPieceVocabulary(vocabularyText: "[UNK]\na\na\n") }
        #expect(throws: WordPieceError.missingUnknownToken("[UNK]")) { try WordPieceVocabulary(vocabularyText: "a\n") }
    }

    @Test("Parts that are not WordPiece's are named in the error.")
    func unsupported() throws {
        func parts(_ json: String) -> String? {
            do {
                _ = try tokenizer(json)
                return nil
            } catch {
                return "\(error)"
            }
        }
        let model = #""model":{"type":"WordPiece","unk_token":"[UNK]","vocab":{"[UNK]":0}}"#
        let pre = #""pre_tokenizer":{"type":"BertPreTokenizer"}"#
        #expect(parts("{\(model),\(pre)}") == nil)
        #expect(parts(#"{"model":{"type":"BPE","vocab":{}}}"#)?.contains("BPE") == true)
        #expect(parts("{\(model)}")?.contains("pre_tokenizer is none") == true)
        #expect(parts(#"{\#(model),"pre_tokenizer":{"type":"Metaspace"}}"#)?.contains("Metaspace") == true)
        #expect(parts(#"{\#(model),\#(pre),"normalizer":{"type":"NFKC"}}"#)?.contains("NFKC") == true)
        #expect(parts("[1,2")?.contains("byte 4") == true)
        #expect(parts("{}")?.contains("model") == true)
        #expect(parts(#"{"model":{"type":"WordPiece","vocab":{"[UNK]":1}}}"#)?.contains("[UNK]") == true)
    }

    @Test("Damaged files are errors, never traps.")
    func damaged() throws {
        let seed: UInt64 = 31
        var random = SeededGenerator(seed: seed)
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceVocabulary.specialTokens + ["a", "##\u{E9}", "\\"])
        let good = Array(WordPieceTokenizer(vocabulary: vocabulary).tokenizerJSON().utf8)
        for _ in 0..<1000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            do { _ = try WordPieceTokenizer(tokenizerJSON: bytes) } catch {
                #expect(error is WordPieceError, "seed \(seed)")
            }
        }
        #expect(throws: WordPieceError.self) {
            try WordPieceTokenizer(tokenizerJSON: [UInt8](repeating: 0x5B, count: 100_000))
        }
    }

    @Test("JSON strings with escapes are read as they should be.")
    func escapes() throws {
        let value = try JSONReader.read(
            Array(#"{"k": "\"\\\/\b\f\n\r\té\ud83d\ude00\ud800", "n": -1.5e2, "t": [true, false, null]}"#.utf8))
        #expect(value["k"]?.string == "\"\\/\u{8}\u{C}\n\r\té😀\u{FFFD}")
        #expect(value["n"]?.integer == -150)
        #expect(JSONValue.quoted("a\"\\\u{1}é") == "\"a\\\"\\\\\\u0001é\"")
    }
}
