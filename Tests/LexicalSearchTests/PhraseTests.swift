import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Phrases")
struct PhraseTests {
    @Test(
        "Quotes pair up from the front; what is left over is an ordinary character.",
        arguments: [
            ("river bank", "river bank", []), (#""river bank" flood"#, " river bank  flood", ["river bank"]),
            (#"a"b c"d"#, "a b c d", ["b c"]), (#"size 5" pipe"#, #"size 5" pipe"#, []),
            (#""a" "b"#, #" a  "b"#, ["a"]), (#""""#, "  ", [""]), (#"""#, #"""#, []), ("", "", []),
            (#""a""b""#, " a  b ", ["a", "b"]), ("“a b”", "“a b”", []), ("\"a\u{301}\"", " a\u{301} ", ["a\u{301}"]),
            ("\"\u{301}a b\"", " \u{301}a b ", ["\u{301}a b"]),
        ] as [(String, String, [String])])
    func parsing(text: String, plain: String, phrases: [String]) {
        let query = PhraseQuery(parsing: text)
        #expect(Array(query.text.unicodeScalars) == Array(plain.unicodeScalars))
        #expect(query.phrases == phrases)
    }

    /// Searchers of all strategies over an index.
    private func searchers(_ directory: any Directory) throws -> [Searcher] {
        let reader = try IndexReader(directory: directory)
        return try EvaluationStrategy.allCases.map { strategy in
            var searcher = try Searcher(reader: reader, threads: 2)
            searcher.strategy = strategy
            searcher.phrases = true
            searcher.tuning.windowBits = 5
            return searcher
        }
    }

    @Test("Hits and score bits are those of the naive reference, for every strategy, several segments and deletions.")
    func random() throws {
        var (cases, hits, empty) = (0, 0, 0)
        for seed in 1...24 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let words = Int.random(in: 2...8, using: &random)
            let documents = NaivePositions.documents(
                seed % 6 == 0 ? 420 : Int.random(in: 1...50, using: &random), words: words, &random)
            let analyzer: AnalyzerOptions = seed % 2 == 0 ? .english : .whitespace
            let options = IndexOptions(analyzer: analyzer, positions: true)
            let cut = Int.random(in: 0...documents.count, using: &random)
            let directory = try TestIndex.build(
                segments: [Array(documents[..<cut]), Array(documents[cut...])], options: options)
            let gone = Set(documents.map(\.id).filter { _ in Int.random(in: 0..<7, using: &random) == 0 })
            let writer = try IndexWriter(opening: directory)
            try writer.delete(gone)
            _ = try writer.commit()
            let left = documents.filter { !gone.contains($0.id) }
            let reference = try NaivePositions(left, analyzer: analyzer)
            let all = try searchers(TestIndex.build(left, options: options)) + searchers(directory)
            for _ in 0..<(left.count > 100 ? 15 : 50) {
                let query = NaivePositions.query(words: words, &random)
                let k = [1, 3, 1000].randomElement(using: &random) ?? 1
                let expected = reference.search(query.plain, phrases: query.phrases, k: k)
                for (number, searcher) in all.enumerated() {
                    let found = try searcher.search(query.text, k: k)
                    #expect(found == expected, "seed \(seed), searcher \(number), '\(query.text)', k \(k)")
                    cases += 1
                }
                hits += expected.count
                empty += expected.isEmpty ? 1 : 0
            }
            let queries = (0..<12).map {
                Query(id: "q\($0)", text: NaivePositions.query(words: words, &random).text)
            }
            let run = try all[0].run(queries, k: 5)
            for (ranking, query) in zip(run.rankings, queries) {
                #expect(try ranking.documents == all[4].search(query.text, k: 5), "seed \(seed), '\(query.text)'")
            }
        }
        #expect(cases > 4000 && hits > 2000 && empty > 100, "\(cases) cases, \(hits) hits, \(empty) without")
    }

    @Test(
        "Scores of given documents are those of the ranking, nil where a phrase is missing; permitted documents stay so."
    )
    func scoresAndPermission() throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = NaivePositions.documents(40, words: 4, &random)
            let reader = try IndexReader(
                directory: TestIndex.build(documents, options: IndexOptions(analyzer: .whitespace, positions: true)))
            let reference = try NaivePositions(documents, analyzer: .whitespace)
            var searcher = try Searcher(reader: reader)
            searcher.phrases = true
            var permitted = DocumentSet(documentCount: documents.count)
            for document in documents.indices where Bool.random(using: &random) { permitted.insert(document) }
            searcher.permitted = [permitted]
            for _ in 0..<20 {
                let query = NaivePositions.query(words: 4, &random)
                let expected = reference.search(query.plain, phrases: query.phrases, k: .max).filter { hit in
                    documents.firstIndex { $0.id == hit.id }.map(permitted.contains) == true
                }
                #expect(try searcher.search(query.text, k: 100) == expected, "seed \(seed), '\(query.text)'")
                let scores = try searcher.scores(of: documents.map(\.id), for: Query(id: "q", text: query.text))
                for (number, document) in documents.enumerated() {
                    let may =
                        permitted.contains(number) && query.phrases.allSatisfy { reference.holds(document.id, $0) }
                    let score = expected.first { $0.id == document.id }?.score ?? 0
                    #expect(scores[number] == (may ? score : nil), "seed \(seed), '\(query.text)', \(document.id)")
                }
            }
        }
    }

    @Test(
        "Stop words leave gaps, one word is required, nothing is required of stop words alone, and a phrase may span title and text."
    )
    func examples() throws {
        let documents = [
            Document(id: "1", title: "Bank", text: "of the river"), Document(id: "2", text: "bank a river"),
            Document(id: "3", text: "bank by that river"), Document(id: "4", text: "river bank"),
        ]
        let reader = try IndexReader(
            directory: TestIndex.build(documents, options: IndexOptions(analyzer: .english, positions: true)))
        var searcher = try Searcher(reader: reader)
        func ids(_ text: String) throws -> Set<String> { Set(try searcher.search(text, k: 9).map(\.id)) }
        #expect(try ids(#""bank river""#) == ["1", "2", "3", "4"], "quotes are ordinary unless asked for")
        searcher.phrases = true
        #expect(try ids(#""bank of the river""#) == ["1", "3"])
        #expect(try ids(#""bank the river""#) == ["2"])
        #expect(try ids(#""banks" river"#) == ["1", "2", "3", "4"])
        #expect(try ids(#""of the" river"#) == ["1", "2", "3", "4"])
        #expect(try ids(#""the river banks of""#) == ["4"])
        #expect(try ids(#""river bank" "bank river""#) == [])
        #expect(try ids(#""unknown" river"#) == [])
        #expect(
            try searcher.explain(#""river bank""#, document: "4")?.score == searcher.search("river bank", k: 1)[0].score
        )
    }

    @Test("Without positions a phrase is an error that names the remedy, and a text without one is none.")
    func noPositions() throws {
        let reader = try IndexReader(directory: TestIndex.build([Document(id: "a", text: "x y")]))
        var searcher = try Searcher(reader: reader)
        searcher.phrases = true
        #expect(try searcher.search("x \" y", k: 3).map(\.id) == ["a"])
        let error = #expect(throws: SearchError.positionsNotStored(index: "memory")) {
            try searcher.search(#""x y""#, k: 3)
        }
        #expect(error?.description.contains("build it again with positions") == true)
        #expect(throws: SearchError.self) { try ProximityRetriever(searcher) }
    }
}
