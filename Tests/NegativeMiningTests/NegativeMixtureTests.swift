import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct NegativeMixtureTests {
    private typealias Mined = (mined: [MinedQuery], report: MiningReport)

    /// Two retrievers of the same documents that rank them differently.
    private func mixture(_ seed: UInt64, _ shares: [Int]) -> (
        NegativeMixture, FakeRetriever, FakeRetriever, [Query], Qrels
    ) {
        let (one, queries, qrels) = FakeRetriever.random(seed: seed)
        var (other, _, _) = FakeRetriever.random(seed: seed &+ 100)
        other.documents = one.documents
        let mixture = NegativeMixture([
            .init(name: "one", share: shares[0], kind: .retriever(one)),
            .init(name: "other", share: shares[1], kind: .retriever(other)),
            .init(name: "random", share: shares[2], kind: .random),
        ])
        return (mixture, one, other, queries, qrels)
    }

    private func mine(_ miner: HardNegativeMiner, _ queries: [Query], _ qrels: Qrels) throws -> Mined {
        var mined: [MinedQuery] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { mined.append($0) }
        return (mined, report)
    }

    @Test(
        "Shares deal out a number by the largest remainder.",
        arguments: [
            ([3, 2, 1], 6, [3, 2, 1]), ([3, 2, 1], 5, [2, 2, 1]), ([1, 1, 1], 4, [2, 1, 1]),
            ([1, 1, 1], 2, [1, 1, 0]),
            ([5, 1, 1], 1, [1, 0, 0]), ([1, 1_000_000, 1], 3, [0, 3, 0]),
        ])
    func counts(shares: [Int], total: Int, counts: [Int]) {
        let mixture = NegativeMixture(shares.map { .init(name: "s", share: $0, kind: .random) })
        #expect(mixture.counts(of: total) == counts)
    }

    @Test("Each source gives its share of what earlier ones left, by id and by text.", arguments: 0..<10)
    func sources(seed: UInt64) throws {
        let (mixture, one, other, queries, qrels) = mixture(seed, [3, 2, 1])
        let options = MiningOptions(numNegatives: 6, relativeMargin: 0.1, seed: seed)
        let miner = try HardNegativeMiner(mixture: mixture, documents: one, options: options, explains: true)
        let (mined, report) = try mine(miner, queries, qrels)
        var all = options
        all.numNegatives = 40
        let first = try mine(HardNegativeMiner(retriever: one, documents: one, options: all), queries, qrels).mined
        all.dedupe = .off
        let second = try mine(HardNegativeMiner(retriever: other, documents: one, options: all), queries, qrels).mined
        for (place, result) in mined.enumerated() {
            func named(_ name: String) -> [DocumentID] {
                result.negatives.filter { $0.source == name }.map(\.document)
            }
            #expect(named("one") == first[place].negatives.prefix(3).map(\.document))
            #expect(result.positives == first[place].positives)
            // The second retriever's candidates in order, leaving out texts that were there before.
            var texts = Set((named("one") + result.positives.map(\.document)).map { one.documents[$0]?.text })
            let expected = second[place].negatives.map(\.document).filter {
                !named("one").contains($0) && texts.insert(one.documents[$0]?.text).inserted
            }
            #expect(named("other") == Array(expected.prefix(2)), "seed \(seed)")
            #expect(named("random").count <= 1)
            let ids = result.negatives.map(\.document)
            #expect(Set(ids).count == ids.count && Set(ids.map { one.documents[$0]?.text }).count == ids.count)
            #expect(result.negatives.map(\.source) == result.negatives.map(\.source).sorted { order($0) < order($1) })
        }
        #expect(report.retriever == "one=3,other=2,random=1")
        #expect(report.sources?.map(\.retriever) == ["one", "other", "random"])
        #expect(report.sources?.map(\.options.numNegatives) == [3, 2, 1])
        #expect(report.sources?.reduce(0) { $0 + $1.negatives } == report.negatives)
        #expect(report.sources?.reduce(0) { $0 + $1.candidates } == report.candidates)
        // Scores of different retrievers don't compare.
        #expect(report.negativeScores.count == 0 && report.sources?[1].negativeScores.count ?? 0 > 0)
    }

    private func order(_ name: String?) -> Int { ["one", "other", "random"].firstIndex(of: name) ?? 9 }

    @Test("A mixture is the same for shuffled queries and any batch size, and fills up or drops as a whole.")
    func determinism() throws {
        for shortfall in MiningOptions.Shortfall.allCases {
            let (mixture, one, _, queries, qrels) = mixture(5, [2, 2, 1])
            let options = MiningOptions(
                numNegatives: 5, rangeMax: 5, sampling: .random, relativeMargin: 0.3, seed: 9, ifTooFew: shortfall)
            var miner = try HardNegativeMiner(mixture: mixture, documents: one, options: options, explains: true)
            let first = try mine(miner, queries, qrels)
            miner.batchSize = 3
            var random = SeededGenerator(seed: 2)
            let second = try mine(miner, queries.shuffled(using: &random), qrels)
            #expect(Set(first.mined) == Set(second.mined) && first.report == second.report)
            if shortfall == .drop { #expect(first.mined.allSatisfy { [0, 5].contains($0.negatives.count) }) }
        }
    }

    @Test("Neighbours are what the retriever finds for the text of the first positive that has one.")
    func neighbours() throws {
        /// Ranks documents by the number of letters they share with the text, and remembers nothing else.
        struct Letters: Retriever {
            let name = "letters"
            let documents: [DocumentID: Document]
            func score(_ id: DocumentID, _ text: String) -> Double {
                Double(Set(documents[id]?.text ?? "").intersection(text).count)
            }
            func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
                for query in queries {
                    let scored = documents.keys.map { ScoredDocument(id: $0, score: score($0, query.text)) }
                    let sorted = Ranking(queryID: query.id, sorting: scored)
                    try each(Ranking(queryID: query.id, documents: Array(sorted.documents.prefix(k))))
                }
            }
            func scores(of ids: [DocumentID], for query: Query) throws -> [Double?] {
                ids.map { documents[$0] == nil ? nil : score($0, query.text) }
            }
        }
        var fake = FakeRetriever()
        for (id, text) in [("p", "abcdef"), ("a", "abcd"), ("b", "abxy"), ("c", "uvw")] {
            fake.documents[id] = Document(id: id, text: text)
        }
        var qrels = Qrels()
        qrels.judge(query: "q", document: "missing", grade: 1)
        qrels.judge(query: "q", document: "p", grade: 1)
        let mixture = NegativeMixture([
            .init(name: "neighbours", share: 1, kind: .neighbours(Letters(documents: fake.documents)))
        ])
        let miner = try HardNegativeMiner(mixture: mixture, documents: fake, options: .init(numNegatives: 2))
        let result = try mine(miner, [Query(id: "q", text: "uvw")], qrels).mined.first
        #expect(result?.query.text == "uvw")
        #expect(result?.positives == [.init(document: "missing", score: nil), .init(document: "p", score: 6)])
        #expect(
            result?.negatives == [
                .init(document: "a", score: 4, rank: 0, source: "neighbours"),
                .init(document: "b", score: 2, rank: 1, source: "neighbours"),
            ])
    }

    @Test("A mixture without sources or with a share of 0 is refused.")
    func wrongShares() {
        let fake = FakeRetriever()
        for sources: [NegativeMixture.Source] in [[], [.init(name: "random", share: 0, kind: .random)]] {
            #expect(throws: MiningError.self) {
                try HardNegativeMiner(mixture: NegativeMixture(sources), documents: fake)
            }
        }
    }
}
