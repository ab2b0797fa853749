import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct RandomNegativeSamplerTests {
    @Test(
        "Random negatives are distinct texts, never a positive or its text, and as many as the pool allows.",
        arguments: 0..<10)
    func rules(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        let sampler = try RandomNegativeSampler(documents: fake, seed: seed)
        let all = Set(fake.documents.values.map(\.text))
        for count in [0, 1, 5, 100] {
            let drawn = try sampler.negatives(for: queries, qrels: qrels, count: count)
            for (query, negatives) in zip(queries, drawn) {
                let positives = qrels.relevant(to: query.id).compactMap { fake.documents[$0]?.text }
                let texts = negatives.compactMap { fake.documents[$0]?.text }
                #expect(texts.count == negatives.count && Set(texts).count == texts.count)
                #expect(Set(texts).isDisjoint(with: positives))
                #expect(Set(negatives).isDisjoint(with: qrels.relevant(to: query.id)))
                #expect(texts.count == min(count, all.subtracting(positives).count), "seed \(seed)")
            }
        }
    }

    @Test("The draw depends on seed, round and query alone.")
    func independence() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 3)
        let pool = Set((0..<30).map { "d\($0)" })
        let sampler = try RandomNegativeSampler(documents: fake, pool: pool, seed: 7)
        let drawn = try sampler.negatives(for: queries, qrels: qrels, count: 4)
        let reversed = try sampler.negatives(for: queries.reversed(), qrels: qrels, count: 4)
        #expect(drawn == reversed.reversed())
        let alone = try sampler.negatives(
            forQuery: queries[2].id, positives: qrels.relevant(to: queries[2].id), count: 4)
        #expect(alone == drawn[2] && Set(alone).isSubset(of: pool))
        #expect(try sampler.negatives(for: queries, qrels: qrels, count: 4, round: 1) != drawn)
        let other = try RandomNegativeSampler(documents: fake, pool: pool, seed: 8)
        #expect(try other.negatives(for: queries, qrels: qrels, count: 4) != drawn)
    }

    @Test("Each document of the pool is drawn about equally often.")
    func uniform() throws {
        var fake = FakeRetriever()
        for number in 0..<20 { fake.documents["d\(number)"] = Document(id: "d\(number)", text: "\(number)") }
        let sampler = try RandomNegativeSampler(documents: fake, seed: 1)
        var counts: [DocumentID: Int] = [:]
        for number in 0..<1000 {
            for id in try sampler.negatives(forQuery: "q\(number)", positives: [], count: 4) {
                counts[id, default: 0] += 1
            }
        }
        // 200 are expected, with a deviation of about 12.6.
        #expect(counts.count == 20 && counts.values.allSatisfy { abs($0 - 200) < 65 }, "\(counts)")
    }
}
