import DecoyTestSupport
import Testing

@testable import TextAnalysis

/// Byte-pair encoding as the paper writes it: count all pairs anew before each merge.
private func naiveVocabulary(_ counts: [(word: String, count: Int)], size: Int, minimum: Int) -> [String] {
    var words = counts.map { entry in
        (
            pieces: entry.word.unicodeScalars.enumerated().map { $0 == 0 ? String($1) : "##" + String($1) },
            count: entry.count
        )
    }
    let always = (Array("0123456789") + Array("abcdefghijklmnopqrstuvwxyz")).map(String.init)
    var vocabulary = WordPieceVocabulary.specialTokens + always + always.map { "##" + $0 }
    while vocabulary.count < size {
        var pairs: [[String]: Int] = [:]
        for word in words {
            for i in word.pieces.indices.dropLast() {
                pairs[[word.pieces[i], word.pieces[i + 1]], default: 0] += word.count
            }
        }
        let best = pairs.min { a, b in
            if a.value != b.value { return a.value > b.value }
            let (left, right) = (Array(a.key[0].utf8), Array(b.key[0].utf8))
            if left != right { return left.lexicographicallyPrecedes(right) }
            return Array(a.key[1].utf8).lexicographicallyPrecedes(Array(b.key[1].utf8))
        }
        guard let best, best.value >= minimum else { break }
        let merged = best.key[0] + best.key[1].dropFirst(2)
        if !vocabulary.contains(merged) { vocabulary.append(merged) }
        for index in words.indices {
            var out: [String] = []
            for piece in words[index].pieces {
                if out.last == best.key[0], piece == best.key[1] {
                    out[out.count - 1] = merged
                } else {
                    out.append(piece)
                }
            }
            words[index].pieces = out
        }
    }
    return vocabulary
}

@Suite("WordPiece trainer")
struct WordPieceTrainerTests {
    @Test("The vocabulary is that of counting all pairs anew before each merge.")
    func equalsNaive() {
        for seed in UInt64(1)...6 {
            var random = SeededGenerator(seed: seed)
            var counts: [String: Int] = [:]
            for _ in 0..<40 {
                // Without runs of one letter: overlapping pairs are counted alike, but merged words differ in what they leave.
                let letters = seed < 4 ? "abcdefgh" : "ab"
                let alphabet = Array(letters)
                let word = String(
                    (0..<Int.random(in: 1...7, using: &random)).map { _ in
                        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                    })
                counts[word, default: 0] += Int.random(in: 1...5, using: &random)
            }
            let sorted = counts.sorted { $0.key < $1.key }.map { (word: $0.key, count: $0.value) }
            var trainer = WordPieceTrainer(vocabularySize: 140, minimumFrequency: 2)
            for entry in sorted { trainer.add(Array(repeating: entry.word, count: entry.count).joined(separator: " ")) }
            let expected = naiveVocabulary(sorted, size: 140, minimum: 2)
            #expect(trainer.train().pieces == expected, "seed \(seed)")
        }
    }

    @Test("The order of the texts does not matter.")
    func order() {
        let texts = WordPieceGolden.cases.map(\.text) + ["banana bandana", "bandana banana banana"]
        func train(_ texts: [String]) -> WordPieceVocabulary {
            var trainer = WordPieceTrainer(vocabularySize: 700, minimumFrequency: 1)
            for text in texts { trainer.add(text) }
            return trainer.train()
        }
        let vocabulary = train(texts)
        #expect(train(texts.reversed()) == vocabulary)
        #expect(train(Array(texts.dropFirst(9) + texts.prefix(9))) == vocabulary)
        #expect(Array(vocabulary.pieces.prefix(5)) == WordPieceVocabulary.specialTokens)
    }

    @Test("A vocabulary without texts still cuts every ASCII word.")
    func empty() {
        let vocabulary = WordPieceTrainer().train()
        #expect(vocabulary.count == 5 + 72)
        let tokenizer = SubwordPipeline(vocabulary: vocabulary)
        #expect(tokenizer.encode("Word 42").allSatisfy { $0 != vocabulary.unknownID })
    }

    @Test("Rare characters beyond the limit are left out, and ASCII is kept.")
    func alphabetLimit() {
        var trainer = WordPieceTrainer(vocabularySize: 1000, alphabetLimit: 2)
        trainer.add("東東東 京京 都 ! ~")
        let vocabulary = trainer.train()
        #expect(vocabulary.id(of: "東") != nil && vocabulary.id(of: "京") != nil && vocabulary.id(of: "都") == nil)
        #expect(vocabulary.id(of: "!") != nil && vocabulary.id(of: "~") != nil)
    }

    @Test("Merging stops at the size and at the frequency.")
    func limits() {
        var trainer = WordPieceTrainer(vocabularySize: 80, minimumFrequency: 2)
        trainer.add("aaaa aaaa abab abab cdcd")
        #expect(trainer.train().count == 80)
        trainer.vocabularySize = 1000
        let vocabulary = trainer.train()
        #expect(vocabulary.id(of: "aaaa") != nil && vocabulary.id(of: "abab") != nil && vocabulary.id(of: "cd") == nil)
    }
}
