import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Phrases and proximity where several terms share a position")
struct SegmentedPhraseTests {
    /// An analyzer, and the words that texts for it are made of.
    private struct Setup {
        var analyzer: AnalyzerOptions
        var vocabulary: NaivePositions.Vocabulary
    }

    private static func setups() throws -> [Setup] {
        let fold = TokenFilter.fold(.nfkcCasefold)
        func both(_ filters: [TokenFilter]) -> AnalyzerOptions {
            AnalyzerOptions(name: "both", segmentation: .wordsAndBigrams, filters: [fold] + filters)
        }
        var thai = try AnalyzerOptions(named: "thai")
        thai.segmentation = .wordsAndBigrams
        let japanese = try AnalyzerOptions(named: "japanese")
        let synonyms = [
            SynonymRule(equal: ["京都", "東京"]), SynonymRule(["大学"], replacedBy: ["学", "京都"]),
            SynonymRule(equal: ["ax", "bo", "cu"]),
        ]
        return [
            Setup(analyzer: both([]), vocabulary: .japanese), Setup(analyzer: both([]), vocabulary: .thai),
            Setup(analyzer: japanese, vocabulary: .japanese), Setup(analyzer: thai, vocabulary: .thai),
            Setup(analyzer: both([.synonyms(synonyms)]), vocabulary: .japanese),
            Setup(
                analyzer: AnalyzerOptions(name: "own", filters: [fold, .synonyms(synonyms), .stop(.list("english"))]),
                vocabulary: .english),
        ]
    }

    @Test("Hits and score bits of phrases are those of the naive reference, for every strategy and several segments.")
    func phrases() throws {
        var hits = 0
        for (number, setup) in try Self.setups().enumerated() {
            for seed in 1...3 as ClosedRange<UInt64> {
                var random = SeededGenerator(seed: seed &+ UInt64(number) &* 100)
                let words = Int.random(in: 3...8, using: &random)
                let documents = NaivePositions.documents(
                    Int.random(in: 1...50, using: &random), words: words, of: setup.vocabulary, &random)
                let cut = Int.random(in: 0...documents.count, using: &random)
                let directory = try TestIndex.build(
                    segments: [Array(documents[..<cut]), Array(documents[cut...])],
                    options: IndexOptions(analyzer: setup.analyzer, positions: true))
                let reference = try NaivePositions(documents, analyzer: setup.analyzer)
                var searcher = try Searcher(reader: IndexReader(directory: directory))
                searcher.phrases = true
                for _ in 0..<20 {
                    let query = NaivePositions.query(words: words, of: setup.vocabulary, &random)
                    let expected = reference.search(query.plain, phrases: query.phrases, k: 10)
                    for strategy in EvaluationStrategy.allCases {
                        searcher.strategy = strategy
                        let found = try searcher.search(query.text, k: 10)
                        #expect(found == expected, "\(setup.analyzer.name) \(number), seed \(seed), '\(query.text)'")
                    }
                    hits += query.phrases.isEmpty ? 0 : expected.count
                }
            }
        }
        #expect(hits > 300, "\(hits)")
    }

    @Test("A phrase of characters without spaces is found wherever they stand, however a dictionary cuts them there.")
    func substrings() throws {
        var (hits, misses) = (0, 0)
        for seed in 1...4 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let characters = Array("東京都大学水道")
            func text(_ length: ClosedRange<Int>) -> String {
                String(
                    (0..<Int.random(in: length, using: &random)).map { _ in
                        characters[Int.random(in: characters.indices, using: &random)]
                    })
            }
            let documents = (0..<60).map { Document(id: "d\($0)", text: text(0...20)) }
            for segmentation in [Segmentation.bigrams, .wordsAndBigrams] {
                let options = AnalyzerOptions(name: "own", segmentation: segmentation)
                var searcher = try Searcher(
                    reader: IndexReader(
                        directory: TestIndex.build(documents, options: .init(analyzer: options, positions: true))))
                searcher.phrases = true
                for _ in 0..<30 {
                    let phrase = text(2...4)
                    let found = Set(try searcher.search("\"\(phrase)\"", k: 100).map(\.id))
                    let expected = Set(documents.filter { $0.text.contains(phrase) }.map(\.id))
                    #expect(found == expected, "seed \(seed), \(phrase)")
                    hits += found.count
                    misses += 60 - found.count
                }
            }
        }
        #expect(hits > 200 && misses > 200, "\(hits), \(misses)")
    }

    @Test("Proximity is the paper's, with neighbours at one position left out.")
    func proximity() throws {
        var different = 0
        for (number, setup) in try Self.setups().enumerated() {
            var random = SeededGenerator(seed: UInt64(number) + 900)
            let documents = NaivePositions.documents(30, words: 6, of: setup.vocabulary, &random)
            let reference = try NaivePositions(documents, analyzer: setup.analyzer)
            let searcher = try Searcher(
                reader: IndexReader(
                    directory: TestIndex.build(documents, options: .init(analyzer: setup.analyzer, positions: true))))
            let retriever = try ProximityRetriever(searcher, weight: 0.7)
            for _ in 0..<15 {
                let text = NaivePositions.text(1...5, words: 6, of: setup.vocabulary, &random)
                let plain = Dictionary(
                    uniqueKeysWithValues: try searcher.search(text, k: 100).map { ($0.id, $0.score) })
                for hit in try retriever.search(text, k: 100) {
                    let part = reference.proximity(hit.id, text, k1: 1.2, b: 0.75)
                    let expected = (plain[hit.id] ?? 0) + 0.7 * part
                    #expect(abs(hit.score - expected) <= 2e-6 * (1 + expected), "\(number), '\(text)', \(hit.id)")
                    if part > 0 { different += 1 }
                }
            }
        }
        #expect(different > 200, "\(different)")
    }
}
