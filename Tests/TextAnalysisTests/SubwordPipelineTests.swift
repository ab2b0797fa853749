import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("Subword tokenizers from tokenizer.json")
struct SubwordPipelineTests {
    private func pipeline(_ json: String) throws -> SubwordPipeline {
        try SubwordPipeline(tokenizerJSON: Array(json.utf8))
    }

    private static let bytePair = """
        {"model":{"type":"BPE","unk_token":"<unk>","fuse_unk":true,"byte_fallback":true,
        "vocab":{"<unk>":0,"a":1,"b":2,"▁":3,"ab":4,"▁ab":5,"<0xC3>":6,"<0xA9>":7},"merges":["a b",["▁","ab"]]},
        "pre_tokenizer":{"type":"Metaspace","prepend_scheme":"first"},
        "added_tokens":[{"id":8,"content":"<s>","special":true,"normalized":false,"lstrip":true}],
        "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],
        "special_tokens":{"<s>":{"ids":[8]}}}}
        """

    @Test("BPE merges the earliest learnt pair first, falls back to bytes and joins unknown characters.")
    func bytePair() throws {
        let tokenizer = try pipeline(Self.bytePair)
        #expect(tokenizer.encode("ab ab") == [5, 5])
        #expect(tokenizer.encode("abé") == [5, 6, 7])
        #expect(tokenizer.encode("axyb") == [3, 1, 0, 2])
        #expect(tokenizer.encode("ab  <s>ab") == [5, 8, 4])
        #expect(tokenizer.specialTokens.before == [8] && tokenizer.specialTokens.after.isEmpty)
        #expect(tokenizer.vocabularySize == 9 && tokenizer.piece(8) == "<s>")
        #expect(try pipeline(tokenizer.tokenizerJSON()).encode("abéxy") == tokenizer.encode("abéxy"))
    }

    @Test("Unigram takes the likeliest cut and joins unknown characters.")
    func unigram() throws {
        let tokenizer = try pipeline(
            """
            {"model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["a",-2],["b",-2.5],["ab",-4],["ba",-4.75],["bab",-5]]},
            "normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Lowercase"}]}}
            """)
        #expect(tokenizer.encode("ab") == [3])
        #expect(tokenizer.encode("BA") == [2, 1])
        #expect(tokenizer.encode("ａbab") == [1, 5])
        #expect(tokenizer.encode("axyb") == [1, 0, 2])
    }

    @Test("GPT-2's pattern leaves the last space to the word behind it.")
    func pattern() throws {
        let text = "It's  12 né!?\n\n x".unicodeScalars.map(\.value)
        let parts = try SplitPattern.gpt2().stretches(text).map { stretch in
            String(String.UnicodeScalarView(text[stretch.range].compactMap { Unicode.Scalar($0) }))
        }
        #expect(parts == ["It", "'s", " ", " 12", " né", "!?", "\n\n", " x"])
    }

    @Test("Characters newer than ICU's Unicode are letters up to Unicode 16 and numbers up to 17, and are lowercased.")
    func newCharacters() {
        // CJK extension I is of Unicode 15.1, Egyptian extended-A of 16, CJK extension J and the Tolong Siki digits of 17.
        #expect([0x2EDEB, 0x13A56, 0x32B20].map { UnicodeCharacter.isWord($0) } == [true, true, false])
        #expect(UnicodeCharacter.isNumeric(0x11DE0) && !UnicodeCharacter.isWord(0x11DE0))
        #expect(BertCharacter.lowercase(0xA7D2) == [0xA7D3])
    }

    @Test("What is not supported is named.")
    func unsupported() throws {
        let start = #"{"model":{"type":"BPE","vocab":{},"merges":[]}"#
        let faults = [
            (start + #","normalizer":{"type":"Nmt"}}"#, "Nmt"),
            (start + #","pre_tokenizer":{"type":"UnicodeScripts"}}"#, "UnicodeScripts"),
            (
                start + #","pre_tokenizer":{"type":"Split","behavior":"Isolated","pattern":{"Regex":"(a)\\1"}}}"#,
                "pattern"
            ),
            (start + #","post_processor":{"type":"Other"}}"#, "Other"),
            (#"{"model":{"type":"BPE","dropout":0.1,"vocab":{},"merges":[]}}"#, "dropout"),
            (#"{"model":{"type":"WordLevel","vocab":{}}}"#, "WordLevel"),
            (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#, "merge 0"),
        ]
        for (json, name) in faults {
            do {
                _ = try pipeline(json)
                Issue.record("no error: \(json)")
            } catch { #expect("\(error)".contains(name), "\(error)") }
        }
    }

    @Test("Damaged files are errors, never traps.")
    func damaged() throws {
        let seed: UInt64 = 8
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var bytes = Array(Self.bytePair.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do { _ = try SubwordPipeline(tokenizerJSON: bytes).encode("ab é <s> xyz") } catch {
                #expect(error is SubwordError, "seed \(seed): \(error)")
            }
        }
    }

    @Test("Ids equal those of Hugging Face's tokenizers for eight kinds of tokenizers.")
    func golden() throws {
        for example in SubwordGolden.cases {
            let tokenizer = try pipeline(example.json)
            for (text, ids) in zip(SubwordGolden.texts, example.ids) {
                #expect(tokenizer.encode(text) == ids, "\(example.name): \(text.debugDescription)")
            }
        }
    }

    @Test("A vocab.txt gives the ids of the WordPiece tokenizer.")
    func vocabularyText() throws {
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceGolden.pieces)
        let tokenizer = try SubwordPipeline(vocabularyText: vocabulary.vocabularyText)
        for example in WordPieceGolden.cases { #expect(tokenizer.encode(example.text) == example.uncased) }
        let cased = try SubwordPipeline(
            vocabularyText: vocabulary.vocabularyText, configuration: Array(#"{"do_lower_case":false}"#.utf8))
        for example in WordPieceGolden.cases { #expect(cased.encode(example.text) == example.cased) }
    }
}
