import DecoyTestSupport
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Expansion by pseudo-relevance feedback (RM3)")
struct FeedbackTests {
    /// The expansion by its formula over dictionaries.
    private func naive(
        _ text: String, _ documents: [Document], _ reference: NaiveBM25, _ model: RM3, permitted: Set<String>? = nil
    ) throws -> [String: Double] {
        let analyzer = try Analyzer(.whitespace)
        let bags = documents.map { analyzer.terms(in: $0.contents) }
        let count = bags.count { !$0.isEmpty }
        var weights: [String: Double] = [:]
        let hits = reference.search(text, k: .max).filter { permitted?.contains($0.id) != false }
        for hit in hits.prefix(model.documents) {
            guard let place = documents.firstIndex(where: { $0.id == hit.id }) else { continue }
            let terms = bags[place].filter { term in
                (2...20).contains(term.unicodeScalars.count) && 10 * bags.count { $0.contains(term) } <= count
            }
            for term in Set(terms) {
                weights[term, default: 0] += Double(terms.count { $0 == term }) / Double(terms.count) * hit.score
            }
        }
        let best = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(model.terms)
        let query = analyzer.terms(in: text)
        let lambda = best.isEmpty ? 1 : model.weight
        var expanded: [String: Double] = [:]
        for term in query { expanded[term, default: 0] += lambda / Double(query.count) }
        let sum = best.reduce(0) { $0 + $1.value }
        for (term, weight) in best { expanded[term, default: 0] += (1 - lambda) * weight / sum }
        return expanded.filter { $0.value > 0 }
    }

    @Test(
        "Expansions, hits and score bits are those of the formula, for one and several segments, strategies, threads and filters."
    )
    func random() throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var text = RandomText(seed: seed, vocabularySize: 120)
            var random = SeededGenerator(seed: seed)
            var documents = text.documents(90, words: 1...15)
            for place in documents.indices { documents[place].metadata = #"{"n": \#(place)}"# }
            let reference = try NaiveBM25(documents, analyzer: .whitespace)
            let cut = Int.random(in: 1..<90, using: &random)
            let reader = try IndexReader(
                directory: TestIndex.build(segments: [Array(documents[..<cut]), Array(documents[cut...])]))
            let model = RM3(
                documents: Int.random(in: 1...12, using: &random), terms: Int.random(in: 1...12, using: &random),
                weight: [0, 0.3, 0.5, 1].randomElement(using: &random) ?? 0.5)
            let limit = Int.random(in: 20...70, using: &random)
            let permitted = Set(documents[..<limit].map(\.id))
            var searcher = try Searcher(reader: reader, threads: 2)
            let queries = text.queries(6) + [Query(id: "empty", text: ""), Query(id: "none", text: "xyzzy 123")]
            for query in queries {
                for isFiltered in [false, true] {
                    searcher.strategy = EvaluationStrategy.allCases.randomElement(using: &random) ?? .automatic
                    let part =
                        isFiltered ? try searcher.restricted(to: MetadataFilter("n < \(limit)")) : searcher
                    let retriever = try FeedbackRetriever(part, model: model)
                    let note = "seed \(seed), '\(query.text)', \(model), filtered \(isFiltered)"
                    let weights = try naive(
                        query.text, documents, reference, model, permitted: isFiltered ? permitted : nil)
                    let expanded = try retriever.expand(query.text)
                    #expect(expanded.terms.count == weights.count, "\(note)")
                    for (term, weight) in expanded.terms {
                        #expect(abs(weight - (weights[term] ?? 0)) < 1e-12, "\(note), \(term)")
                    }
                    // The same weights to the last bit give the same score bits.
                    let exact = Dictionary(uniqueKeysWithValues: expanded.terms.map { ($0.term, $0.weight) })
                    let expected = reference.search(weights: exact, k: .max)
                        .filter { !isFiltered || permitted.contains($0.id) }
                    let found = try retriever.search(query.text, k: 1000)
                    #expect(found == expected, "\(note)")
                    for hit in found.prefix(2) {
                        let explanation = try part.explain(expanded, document: hit.id)
                        #expect(explanation?.score == hit.score, "\(note)")
                    }
                    let ids = documents.prefix(5).map(\.id)
                    let scores = try retriever.scores(of: ids, for: query)
                    for (id, score) in zip(ids, scores) {
                        let known = expected.first { $0.id == id }?.score ?? 0
                        #expect(score == (isFiltered && !permitted.contains(id) ? nil : known), "\(note)")
                    }
                }
            }
            let retriever = try FeedbackRetriever(searcher, model: model)
            let run = try retriever.run(queries, k: 7)
            for (ranking, query) in zip(run.rankings, queries) {
                #expect(try ranking.documents == retriever.search(query.text, k: 7), "seed \(seed)")
            }
        }
    }

    @Test("Whole weights give the score bits of as many repetitions of the terms.")
    func wholeWeights() throws {
        var text = RandomText(seed: 2, vocabularySize: 40)
        let documents = text.documents(60)
        let reader = try IndexReader(directory: TestIndex.build(documents))
        for variant in BM25Variant.allCases {
            let searcher = try Searcher(reader: reader, similarity: BM25(variant))
            for _ in 0..<5 {
                let words = (0..<4).map { _ in text.word() }
                let repeated = words.enumerated().flatMap { repeatElement($1, count: $0 + 1) }
                let weighted = WeightedQuery(words.enumerated().map { (term: $1, weight: Double($0 + 1)) })
                #expect(
                    try searcher.search(weighted, k: 60)
                        == searcher.search(repeated.joined(separator: " "), k: 60), "\(variant), \(words)")
            }
        }
    }

    @Test("An index without stored text and parameters out of range are refused.")
    func refusals() throws {
        let options = IndexOptions(analyzer: .whitespace, storeText: false)
        let without = try Searcher(
            reader: IndexReader(directory: TestIndex.build([Document(id: "a", text: "x")], options: options)))
        #expect(throws: SearchError.self) { try FeedbackRetriever(without) }
        let searcher = try Searcher(reader: IndexReader(directory: TestIndex.build([Document(id: "a", text: "x")])))
        for model in [RM3(documents: 0), RM3(terms: 0), RM3(terms: 1001), RM3(weight: -0.1), RM3(weight: .nan)] {
            #expect(throws: SearchError.self) { try FeedbackRetriever(searcher, model: model) }
        }
    }
}
