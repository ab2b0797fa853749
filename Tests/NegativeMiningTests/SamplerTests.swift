import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import NegativeMining

struct SamplerTests {
    private static func context(
        _ scores: [Double], positives: [Double] = [], documents: any DocumentStore = FakeRetriever()
    ) throws -> MiningContext {
        var context = try MiningContext(
            query: Query(id: "q", text: "q"),
            positives: positives.enumerated().map { MinedPositive(document: "p\($0)", score: $1) },
            texts: TextIndex(documents: documents))
        for (rank, score) in scores.enumerated() {
            context.addSurvivor(MiningCandidate(document: "d\(rank)", score: score, rank: rank, contentHash: nil))
        }
        return context
    }

    @Test("Score-weighted draws follow exp(-a (z - b)²), one after the other without repetition.")
    func scoreWeighted() throws {
        let scores = [9.0, 8.5, 7, 5, 4.5, 2]
        let context = try Self.context(scores, positives: [8, 12])
        let sampler = ScoreWeightedSampler(sharpness: 0.7, offset: -0.5, reference: .lowest)
        let mean = scores.reduce(0, +) / 6
        let deviation = (scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 6).squareRoot()
        let weights = scores.map { exp(-0.7 * pow(($0 - 8) / deviation + 0.5, 2)) }
        let chances = weights.map { $0 / weights.reduce(0, +) }
        var counts = [Int](repeating: 0, count: 6)
        let draws = 4000
        for seed in 0..<UInt64(draws) {
            var random = SeededRandom(seed: seed, item: "q")
            let chosen = sampler.choose(2, in: context, random: &random)
            #expect(Set(chosen).count == 2)
            for place in chosen { counts[place] += 1 }
        }
        for place in 0..<6 {
            // Drawn first, or second after any other.
            var chance = chances[place]
            for first in 0..<6 where first != place { chance += chances[first] * chances[place] / (1 - chances[first]) }
            let deviation = (Double(draws) * chance * (1 - chance)).squareRoot()
            #expect(abs(Double(counts[place]) - Double(draws) * chance) < 4 * deviation, "place \(place): \(counts)")
        }
    }

    @Test("Scores in other units give the same weights; without a positive the best survivor stands for it.")
    func scoreWeightedUnits() {
        let sampler = ScoreWeightedSampler(sharpness: 2, offset: 0, reference: .lowest)
        let one = sampler.logWeights(of: [4, 3, 1], positive: 5)
        let other = sampler.logWeights(of: [0.4, 0.3, 0.1], positive: 0.5)
        #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(sampler.logWeights(of: [4, 3, 1], positive: nil).first == 0)
        #expect(sampler.logWeights(of: [2, 2], positive: 9) == [0, 0])
        #expect(sampler.logWeights(of: [], positive: nil).isEmpty)
    }

    @Test("A far positive doesn't make every weight vanish.")
    func noUnderflow() throws {
        let context = try Self.context([2, 1.9, 1.8, 1], positives: [1000])
        let sampler = ScoreWeightedSampler(sharpness: 50, offset: 0, reference: .lowest)
        var random = SeededRandom(seed: 1)
        #expect(sampler.choose(3, in: context, random: &random).sorted() == [0, 1, 2])
    }

    @Test("Diverse choices equal plain maximal marginal relevance.", arguments: 0..<10)
    func diverse(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var fake = FakeRetriever()
        let texts = (0..<12).map { _ in
            (0..<8).map { _ in "w\(Int.random(in: 0..<12, using: &random))" }.joined(separator: " ")
        }
        for (place, text) in texts.enumerated() where place != 5 {
            fake.documents["d\(place)"] = Document(id: "d\(place)", text: text)
        }
        let scores = texts.map { _ in Double(Int.random(in: 0..<9, using: &random)) }.sorted(by: >)
        let weight = Double(Int.random(in: 0...4, using: &random)) / 4
        let context = try Self.context(scores, documents: fake)
        var unused = SeededRandom(seed: 0)
        let chosen = try DiverseSampler(documents: fake, relevanceWeight: weight)
            .choose(5, in: context, random: &unused)

        func similarity(_ one: Int, _ other: Int) -> Double {
            if one == 5 || other == 5 { return 0 }
            let (left, right) = (Shingles(texts[one], .words(1)), Shingles(texts[other], .words(1)))
            return MinHashSignature(left).jaccard(MinHashSignature(right))
        }
        let (low, high) = (scores.min() ?? 0, scores.max() ?? 0)
        var expected: [Int] = []
        for _ in 0..<5 {
            let values = (0..<12).map { place -> Double in
                if expected.contains(place) { return -.infinity }
                let relevance = high > low ? (scores[place] - low) / (high - low) : 1
                let nearest = expected.map { similarity(place, $0) }.max() ?? 0
                return weight * relevance - (1 - weight) * nearest
            }
            expected.append(values.firstIndex(of: values.max() ?? 0) ?? 0)
        }
        #expect(chosen == expected, "seed \(seed)")
    }

    @Test("A curriculum spans the survivors evenly and goes from easy to hard.")
    func curriculum() throws {
        var random = SeededRandom(seed: 0)
        func places(_ count: Int, of survivors: Int) throws -> [Int] {
            let context = try Self.context((0..<survivors).map { -Double($0) })
            return CurriculumSampler().choose(count, in: context, random: &random)
        }
        #expect(try places(3, of: 9) == [0, 4, 8])
        #expect(try places(4, of: 9) == [0, 2, 5, 8])
        #expect(try places(1, of: 9) == [0])
        #expect(try places(5, of: 3) == [0, 1, 2])
        let (fake, queries, qrels) = FakeRetriever.random(seed: 4)
        let miner = try HardNegativeMiner(
            retriever: fake, documents: fake,
            options: .init(numNegatives: 4, sampling: .curriculum, relativeMargin: nil))
        let report = try miner.mine(queries: queries, qrels: qrels) { mined in
            #expect(zip(mined.negatives, mined.negatives.dropFirst()).allSatisfy { $0.rank ?? 0 > $1.rank ?? 0 })
        }
        #expect(report.negatives > 20)
    }

    @Test(
        "Every sampling is the same for shuffled queries and any batch size.",
        arguments: MiningOptions.Sampling.allCases)
    func determinism(sampling: MiningOptions.Sampling) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 8)
        let options = MiningOptions(
            numNegatives: 3, rangeMax: 8, sampling: sampling, relativeMargin: 0.1, dedupe: .near,
            nearDuplicateThreshold: 0.5, ifTooFew: .fillRandom)
        var miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, explains: true)
        var first: [MinedQuery] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { first.append($0) }
        miner.batchSize = 5
        var random = SeededGenerator(seed: 1)
        var second: [MinedQuery] = []
        let other = try miner.mine(queries: queries.shuffled(using: &random), qrels: qrels) { second.append($0) }
        #expect(Set(first) == Set(second) && report == other)
    }
}
