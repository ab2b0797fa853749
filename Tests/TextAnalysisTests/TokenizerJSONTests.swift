import DecoyTestSupport
import Foundation
import Testing

@testable import TextAnalysis

@Suite("tokenizer.json")
struct TokenizerJSONTests {
    private func tokenizer(_ json: String) throws -> SubwordPipeline {
        try SubwordPipeline(tokenizerJSON: Array(json.utf8))
    }

    @Test("A tokenizer survives its file, pieces that are canonically equivalent included.")
    func roundTrip() throws {
        let pieces =
            WordPieceVocabulary.specialTokens + [
                "a", "##a", "\u{E9}", "e\u{301}", "\"", "\\", "##\u{1F600}", "\u{1}", "/",
            ]
        let normalization = BertNormalization(
            cleanText: true, handleChineseCharacters: false, stripAccents: false, lowercase: false)
        let original = SubwordPipeline(
            vocabulary: try WordPieceVocabulary(pieces: pieces), normalization: normalization,
            maximumCharactersPerWord: 77)
        let json = original.tokenizerJSON()
        let copy = try tokenizer(json)
        #expect((0..<14).map { copy.piece($0).map { Array($0.utf8) } } == pieces.map { Array($0.utf8) })
        #expect(copy.bertPieces?.normalization == normalization && copy.bertPieces?.longest == 77)
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
        #expect(throws: SubwordError.duplicatePiece("a")) { try WordPieceVocabulary(vocabularyText: "[UNK]\na\na\n") }
        #expect(throws: SubwordError.missingUnknownToken("[UNK]")) { try WordPieceVocabulary(vocabularyText: "a\n") }
    }

    @Test("The file's own text is kept byte for byte, but truncation and padding are off.")
    func sourceText() throws {
        let json = #"""
            { "padding" : {"strategy": {"Fixed": 3}} , "model":{"type":"Unigram","unk_id":0,
              "vocab":[["<unk>",0.0],["\u0061b",-2.50]]},"truncation":{"max_length":128 },"more":1e3}

            """#
        let kept = try tokenizer(json).tokenizerJSON()
        #expect(
            kept
                == json.replacing(#"{"strategy": {"Fixed": 3}}"#, with: "null")
                .replacing(#"{"max_length":128 }"#, with: "null"))
        #expect(try tokenizer(kept).tokenizerJSON() == kept)
    }

    @Test("Damaged files are errors, never traps.")
    func damaged() throws {
        let seed: UInt64 = 31
        var random = SeededGenerator(seed: seed)
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceVocabulary.specialTokens + ["a", "##\u{E9}", "\\"])
        let good = Array(SubwordPipeline(vocabulary: vocabulary).tokenizerJSON().utf8)
        for _ in 0..<1000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            do { _ = try SubwordPipeline(tokenizerJSON: bytes) } catch {
                #expect(error is SubwordError, "seed \(seed)")
            }
        }
        #expect(throws: SubwordError.self) {
            try SubwordPipeline(tokenizerJSON: [UInt8](repeating: 0x5B, count: 100_000))
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
