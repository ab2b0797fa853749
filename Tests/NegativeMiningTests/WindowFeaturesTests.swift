import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import NegativeMining

/// The features read literally, over sets of words.
private struct NaiveFeatures {
    let fake: FakeRetriever
    private let weights: [String: Double]

    init(fake: FakeRetriever) {
        self.fake = fake
        let texts = fake.documents.values.map { Set(PlainTerms.terms(in: $0.contents)) }
        let words = texts.reduce(into: Set<String>()) { $0.formUnion($1) }
        weights = Dictionary(
            uniqueKeysWithValues: words.map { word in
                let holding = Double(texts.count { $0.contains(word) })
                return (word, log(1 + (Double(texts.count) - holding + 0.5) / (holding + 0.5)))
            })
    }

    private func words(_ text: String) -> Set<String> { Set(PlainTerms.terms(in: text)) }

    private func sum(_ words: Set<String>) -> Double { words.reduce(0) { $0 + (weights[$1] ?? 0) } }

    func overlap(_ query: Query, _ one: DocumentID, _ other: DocumentID) -> Double {
        guard let first = fake.documents[one], let second = fake.documents[other] else { return 0 }
        let a = words(first.contents).subtracting(words(query.text))
        let b = words(second.contents).subtracting(words(query.text))
        let product = sum(a) * sum(b)
        return product > 1e-12 ? sum(a.intersection(b)) / product.squareRoot() : 0
    }

    func titleOverlap(_ one: DocumentID, _ other: DocumentID) -> Double {
        let a = words(fake.documents[one]?.title ?? "")
        let b = words(fake.documents[other]?.title ?? "")
        return a.union(b).isEmpty ? 0 : Double(a.intersection(b).count) / Double(a.union(b).count)
    }

    static func scaled(_ scores: [Double], _ positives: [Double]) -> [[Double]] {
        let first = scores.prefix(20)
        let mean = first.reduce(0, +) / Double(first.count)
        var sigma = (first.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(first.count)).squareRoot()
        if sigma < 1e-9 { sigma = 1 }
        let best = first.max() ?? 0
        let positive = positives.min() ?? best
        return scores.map { [max(-10, min(10, ($0 - positive) / sigma)), ($0 - mean) / sigma, ($0 - best) / sigma] }
    }
}

extension WindowFeatures {
    /// The features of all candidates, ranked from 0.
    fileprivate func rows(
        of candidates: [ScoredDocument], for query: Query, positives: [MinedPositive]
    ) throws -> [[Double]] {
        let asked = try self.query(
            query, positives: positives, leading: candidates, candidates: candidates.map(\.id))
        return try candidates.enumerated().map { try asked.row(of: $1, rank: $0) }
    }
}

struct WindowFeaturesTests {
    /// A corpus of few words, so that texts overlap, with titles now and then and documents that the store lacks.
    static func world(seed: UInt64, documents: Int = 130) -> (FakeRetriever, Query, [MinedPositive], [ScoredDocument]) {
        var random = SeededGenerator(seed: seed)
        func text(_ count: Int) -> String {
            (0..<count).map { _ in "w\(Int.random(in: 0..<40, using: &random))" }.joined(separator: " ")
        }
        var fake = FakeRetriever()
        for number in 0..<documents where number % 17 != 3 {
            let id = "d\(number)"
            let title = Bool.random(using: &random) ? text(3) : ""
            fake.documents[id] = Document(id: id, title: title, text: text(Int.random(in: 0...12, using: &random)))
        }
        let query = Query(id: "q", text: text(4))
        let ranked = (0..<documents).map {
            ScoredDocument(id: "d\($0)", score: Double.random(in: -2...9, using: &random))
        }
        fake.ranked["q"] = ranked
        let positives = ["d1", "d2", "d3"].map { id in
            MinedPositive(document: id, score: id == "d2" && seed % 2 == 0 ? nil : ranked.first { $0.id == id }?.score)
        }
        let candidates = Ranking(queryID: "q", sorting: ranked.filter { !["d1", "d2", "d3"].contains($0.id) })
        return (fake, query, positives, candidates.documents)
    }

    @Test("Features equal the formulas read literally.", arguments: 0..<4)
    func equalsNaive(seed: UInt64) throws {
        let (fake, query, positives, candidates) = Self.world(seed: seed)
        var second = FakeRetriever()
        second.ranked["q"] = (fake.ranked["q"] ?? []).map { ScoredDocument(id: $0.id, score: cos($0.score)) }
        let terms = try DocumentTerms(documents: fake, terms: PlainTerms.hashes)
        let rows = try WindowFeatures(terms: terms, second: second)
            .rows(of: candidates, for: query, positives: positives)
        let naive = NaiveFeatures(fake: fake)
        let overlaps = candidates.map { candidate in
            positives.map { naive.overlap(query, candidate.id, $0.document) }.max() ?? 0
        }
        let standard = Moments(overlaps.prefix(20).map { $0 })
        let scaled = NaiveFeatures.scaled(candidates.map(\.score), positives.compactMap(\.score))
        let seconds = NaiveFeatures.scaled(
            candidates.map { cos($0.score) },
            positives.compactMap { id in fake.ranked["q"]?.first { $0.id == id.document } }.map { cos($0.score) })
        #expect(rows.count == candidates.count)
        for place in rows.indices {
            let title = positives.map { naive.titleOverlap(candidates[place].id, $0.document) }.max() ?? 0
            let known = fake.documents[candidates[place].id] != nil
            let expected =
                scaled[place] + [
                    log(1 + Double(place)), overlaps[place], standard.standardized(overlaps[place]), known ? title : 0,
                ] + seconds[place]
            #expect(rows[place].count == expected.count)
            for (ours, theirs) in zip(rows[place], expected) {
                #expect(abs(ours - theirs) < 1e-9, "seed \(seed), place \(place)")
            }
        }
    }

    @Test("A change of the scores' scale or zero changes no feature.")
    func scaleFree() throws {
        let (fake, query, positives, candidates) = Self.world(seed: 1)
        let features = WindowFeatures(terms: try DocumentTerms(documents: fake, terms: PlainTerms.hashes), second: nil)
        let rows = try features.rows(of: candidates, for: query, positives: positives)
        let moved = try features.rows(
            of: candidates.map { ScoredDocument(id: $0.id, score: $0.score * 40 - 7) }, for: query,
            positives: positives.map { MinedPositive(document: $0.document, score: $0.score.map { $0 * 40 - 7 }) })
        for (one, other) in zip(rows.joined(), moved.joined()) { #expect(abs(one - other) < 1e-9) }
    }

    @Test("Windows of no candidate, of one, and of equal scores have finite features.")
    func edges() throws {
        let (fake, query, positives, candidates) = Self.world(seed: 2)
        let features = WindowFeatures(terms: try DocumentTerms(documents: fake, terms: PlainTerms.hashes), second: nil)
        #expect(try features.rows(of: [], for: query, positives: positives).isEmpty)
        #expect(try features.rows(of: [candidates[0]], for: query, positives: []).joined().allSatisfy(\.isFinite))
        let equal = candidates.map { ScoredDocument(id: $0.id, score: 0.1) }
        #expect(try features.rows(of: equal, for: query, positives: positives).joined().allSatisfy(\.isFinite))
    }

    @Test("Plain terms are words in lower case, and pairs in scripts without spaces.")
    func plainTerms() {
        #expect(PlainTerms.terms(in: "The Bank, re-opened 2024!") == ["the", "bank", "re", "opened", "2024"])
        #expect(PlainTerms.terms(in: "東京都 x") == ["東京", "京都", "x"])
        #expect(PlainTerms.terms(in: " … ").isEmpty)
    }
}
