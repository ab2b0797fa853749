import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("WordPiece tokenizer")
struct WordPieceTokenizerTests {
    @Test("Ids equal those of Hugging Face's tokenizers in every script.", arguments: WordPieceGolden.cases)
    func golden(example: WordPieceGolden.Case) throws {
        let vocabulary = try WordPieceVocabulary(pieces: WordPieceGolden.pieces)
        #expect(
            WordPieceTokenizer(vocabulary: vocabulary).encode(example.text) == example.uncased,
            "uncased \(example.text)")
        let cased = WordPieceTokenizer(vocabulary: vocabulary, lowercase: false)
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
        let tokenizer = WordPieceTokenizer(
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
        let tokenizer = WordPieceTokenizer(vocabulary: try WordPieceVocabulary(pieces: WordPieceGolden.pieces))
        let old = tokenizer.makeSession()
        for round in 0..<500 {
            let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let ids = [old, tokenizer.makeSession()].map { session in
                var ids: [Int32] = []
                bytes.withUnsafeBufferPointer { session.encode($0, into: &ids) }
                return ids
            }
            #expect(ids[0] == ids[1], "seed \(seed), round \(round)")
            #expect(ids[0] == tokenizer.encode(String(decoding: bytes, as: UTF8.self)), "seed \(seed), round \(round)")
        }
    }

    @Test("Threads that share a tokenizer get the same ids.")
    func threads() async throws {
        let tokenizer = WordPieceTokenizer(vocabulary: try WordPieceVocabulary(pieces: WordPieceGolden.pieces))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { WordPieceGolden.cases.allSatisfy { tokenizer.encode($0.text) == $0.uncased } }
            }
            for await same in group { #expect(same) }
        }
    }
}
