import DecoyTestSupport
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Documents nearest to a document")
struct NeighborTests {
    @Test("The query of a document and its neighbors are those of the formula, for several segments and filters.")
    func random() throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            var text = RandomText(seed: seed, vocabularySize: 60)
            var documents = text.documents(50, words: 0...40)
            for place in documents.indices { documents[place].metadata = #"{"n": \#(place)}"# }
            let reference = try NaiveBM25(documents, analyzer: .whitespace)
            let analyzer = try Analyzer(.whitespace)
            let bags = documents.map { analyzer.terms(in: $0.contents) }
            let reader = try IndexReader(
                directory: TestIndex.build(segments: [Array(documents[..<20]), Array(documents[20...])]))
            let searcher = try Searcher(reader: reader)
            let count = bags.count { !$0.isEmpty }
            for place in [0, 19, 20, 33] {
                let note = "seed \(seed), document \(place)"
                var weights: [String: (tf: Double, weight: Double)] = [:]
                for term in Set(bags[place]) {
                    let holders = bags.count { $0.contains(term) }
                    if holders < 2 { continue }
                    let tf = Double(bags[place].count { $0 == term })
                    let idf = BM25().inverseDocumentFrequency(documentFrequency: holders, documentCount: count)
                    weights[term] = (tf, tf * idf)
                }
                let best = weights.sorted { ($1.value.weight, $0.key) < ($0.value.weight, $1.key) }.prefix(25)
                let query = try searcher.query(like: documents[place])
                #expect(query.terms.map(\.term) == best.map(\.key).sorted(), "\(note)")
                for (term, weight) in query.terms { #expect(weight == weights[term]?.tf, "\(note), \(term)") }
                let expected = reference.search(
                    weights: Dictionary(uniqueKeysWithValues: best.map { ($0.key, $0.value.tf) }), k: .max
                ).filter { $0.id != documents[place].id }
                let id = documents[place].id
                #expect(try searcher.neighbors(of: id, k: 7) == Array(expected.prefix(7)), "\(note)")
                let restricted = try searcher.restricted(to: MetadataFilter("n < 15"))
                let permitted = Set(documents[..<15].map(\.id))
                #expect(try restricted.neighbors(of: id, k: .max) == expected.filter { permitted.contains($0.id) })
            }
            #expect(try searcher.neighbors(of: "nowhere", k: 3) == nil)
            #expect(try searcher.neighbors(of: documents[0].id, k: 0) == [])
        }
    }
}
