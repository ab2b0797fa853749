import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct HardNegativeMinerTests {
    private static func options(_ random: inout SeededGenerator) -> MiningOptions {
        func maybe(_ value: Double) -> Double? { Bool.random(using: &random) ? value : nil }
        let rangeMin = Int.random(in: 0...3, using: &random)
        return MiningOptions(
            numNegatives: Int.random(in: 1...6, using: &random), rangeMin: rangeMin,
            rangeMax: rangeMin + Int.random(in: 1...30, using: &random), sampling: .top, relativeMargin: maybe(0.2),
            absoluteMargin: maybe(1), maxScore: maybe(8), minScore: maybe(-1),
            marginAgainst: PositiveReference.allCases.randomElement(using: &random) ?? .lowest,
            dedupe: MiningOptions.Deduplication.allCases.randomElement(using: &random) ?? .off,
            nearDuplicateThreshold: 0.4, shingling: Bool.random(using: &random) ? .characters(3) : .words(1),
            queriesAreDocuments: Bool.random(using: &random), minimumGrade: Int.random(in: 1...2, using: &random),
            ifTooFew: Bool.random(using: &random) ? .keep : .widen)
    }

    private func mine(
        _ miner: HardNegativeMiner, _ queries: [Query], _ qrels: Qrels
    ) throws -> (mined: [MinedQuery], report: MiningReport) {
        var mined: [MinedQuery] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { mined.append($0) }
        return (mined, report)
    }

    @Test("Every candidate's fate equals the naive reading of the rules.", arguments: 0..<60)
    func equalsNaive(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1000)
        var options = Self.options(&random)
        let pool = seed % 3 == 0 ? Set((0..<40).filter { $0 % 3 != 1 }.map { "d\($0)" }) : nil
        options.sampling = seed % 2 == 0 ? .top : .random
        var miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: options, pool: pool, explains: true)
        miner.batchSize = Int.random(in: 1...13, using: &random)
        let (mined, report) = try mine(miner, queries, qrels)
        let naive = NaiveMiner(fake: fake, options: options, pool: pool)
        let withPositives = queries.filter { !qrels.relevant(to: $0.id, minimumGrade: options.minimumGrade).isEmpty }
        #expect(mined.map(\.query) == withPositives)
        var counts: [String: Int] = [:]
        for result in mined {
            var fates: [DocumentID: String] = [:]
            for negative in result.negatives { fates[negative.document] = "kept" }
            for rejection in result.rejections ?? [] {
                #expect(fates.updateValue(rejection.reason.rawValue, forKey: rejection.document) == nil)
                counts[rejection.reason.rawValue, default: 0] += 1
            }
            var expected = naive.fates(result.query.id, qrels)
            if options.sampling == .random {
                let drawable = expected.filter { $0.value == "drawable" }.count
                #expect(result.negatives.count == min(drawable, options.numNegatives))
                for id in expected.keys where expected[id] == "drawable" {
                    #expect(fates[id] == "kept" || fates[id] == "notSampled")
                    expected[id] = fates[id]
                }
            }
            #expect(fates == expected, "seed \(seed), \(result.query.id), \(options)")
            #expect(zip(result.negatives, result.negatives.dropFirst()).allSatisfy { $0.rank ?? -1 < $1.rank ?? -1 })
        }
        #expect(report.rejected == counts)
        #expect(report.negatives == mined.reduce(0) { $0 + $1.negatives.count })
        #expect(report.candidates == report.negatives + counts.values.reduce(0, +))
        #expect(report.queries == queries.count && report.queriesWithoutPositives == queries.count - mined.count)
        #expect(report.shortQueries == mined.count { $0.negatives.count < options.numNegatives })
        #expect(report.emptyQueries == mined.count { $0.negatives.isEmpty })
    }

    @Test("The random cases reach every reason.")
    func everyReason() throws {
        var reached: Set<String> = []
        for seed in 0..<60 as Range<UInt64> {
            let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
            var random = SeededGenerator(seed: seed &+ 1000)
            var options = Self.options(&random)
            options.sampling = seed % 2 == 0 ? .top : .random
            let pool = Set((0..<40).filter { $0 % 3 != 1 }.map { "d\($0)" })
            let miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, pool: pool)
            reached.formUnion(try mine(miner, queries, qrels).report.rejected.keys)
        }
        #expect(
            reached == [
                "positive", "notInPool", "belowRangeMin", "missingDocument", "duplicateOfPositive", "relativeMargin",
                "absoluteMargin", "maxScore", "minScore", "duplicateOfNegative", "nearDuplicateOfPositive",
                "nearDuplicateOfNegative", "queryIsDocument", "notSampled", "surplus",
            ])
    }

    @Test("Negatives and report do not depend on the order of queries or on the batch size.", arguments: 0..<6)
    func orderIndependence(seed: UInt64) throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        let options = MiningOptions(numNegatives: 2, sampling: .random, relativeMargin: nil, seed: seed)
        var miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, explains: true)
        let first = try mine(miner, queries, qrels)
        var random = SeededGenerator(seed: seed)
        miner.batchSize = 5
        let second = try mine(miner, queries.shuffled(using: &random), qrels)
        #expect(Set(first.mined) == Set(second.mined))
        #expect(first.report == second.report)
        miner.batchSize = 0
        #expect(try mine(miner, queries, qrels) == first)
    }

    private func fake(_ scores: [(DocumentID, Double)], missing: Set<DocumentID> = []) -> FakeRetriever {
        var fake = FakeRetriever()
        fake.ranked["q"] = scores.map { ScoredDocument(id: $0.0, score: $0.1) }
        for (id, _) in scores where !missing.contains(id) {
            fake.documents[id] = Document(id: id, text: "text of \(id)")
        }
        return fake
    }

    private func qrels(_ positives: [DocumentID]) -> Qrels {
        var qrels = Qrels()
        for positive in positives { qrels.judge(query: "q", document: positive, grade: 1) }
        return qrels
    }

    private let query = Query(id: "q", text: "q")

    @Test("The margin is taken to the lowest of several positives, and holds for negative scores.")
    func margin() throws {
        let several = fake([("high", 20), ("a", 9.6), ("b", 9.5), ("low", 10), ("c", 15)])
        let miner = try HardNegativeMiner(retriever: several, documents: several)
        let result = try mine(miner, [query], qrels(["high", "low"]))
        #expect(result.mined.first?.negatives.map(\.document) == ["b"])
        #expect(
            result.mined.first?.positives == [.init(document: "high", score: 20), .init(document: "low", score: 10)])
        let below = fake([("p", -1), ("a", -1.04), ("b", -1.06)])
        let negative = try HardNegativeMiner(retriever: below, documents: below)
        #expect(try mine(negative, [query], qrels(["p"])).mined.first?.negatives.map(\.document) == ["b"])
    }

    @Test("Positives unknown to the retriever take no part in margins, and the report counts them.")
    func unknownPositive() throws {
        let fake = fake([("a", 5), ("p", 4)])
        let miner = try HardNegativeMiner(retriever: fake, documents: fake)
        let one = try mine(miner, [query], qrels(["p", "unknown"]))
        #expect(one.mined.first?.negatives.isEmpty == true)
        #expect(one.report.unknownPositives == 1 && one.report.queriesWithoutPositiveScore == 0)
        let all = try mine(miner, [query], qrels(["unknown"]))
        #expect(all.mined.first?.negatives.map(\.document) == ["a", "p"])
        #expect(all.report.unknownPositives == 1 && all.report.queriesWithoutPositiveScore == 1)
    }

    @Test("A small pool is searched to the depth at which the window is full.")
    func deepPool() throws {
        let scores = (0..<200).map { ("d\($0)", Double(200 - $0)) }
        let fake = fake(scores + [("p", 500)])
        let pool: Set<DocumentID> = ["d150", "d160", "d170", "d199"]
        let options = MiningOptions(numNegatives: 5, rangeMax: 3, ifTooFew: .keep)
        let miner = try HardNegativeMiner(retriever: fake, documents: fake, options: options, pool: pool)
        let result = try mine(miner, [query], qrels(["p"]))
        #expect(result.mined.first?.negatives.map(\.document) == ["d150", "d160", "d170"])
        #expect(result.mined.first?.negatives.map(\.rank) == [0, 1, 2])
        #expect(result.report.poolSize == 4 && result.report.missingNegatives == 2)
        #expect(result.report.rejected == ["positive": 1, "notInPool": 168])
    }

    @Test("A filter of one's own brings its own reason and is asked before the duplicates of survivors.")
    func ownFilter() throws {
        struct Even: FalseNegativeFilter {
            let name = "even"
            func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
                candidate.rank % 2 == 0 ? RejectionReason(rawValue: "even") : nil
            }
        }
        let fake = fake([("p", 9), ("a", 4), ("b", 3), ("c", 2)])
        let miner = try HardNegativeMiner(retriever: fake, documents: fake, filters: [Even()], explains: true)
        let result = try mine(miner, [query], qrels(["p"]))
        #expect(result.report.rejected == ["positive": 1, "even": 2])
        #expect(
            result.report.filters
                == ["missingDocument", "duplicateOfPositive", "relativeMargin", "even", "duplicateOfNegative"])
        #expect(result.mined.first?.triplets == [Triplet(query: "q", positive: "p", negatives: ["b"])])
        #expect(result.mined.first?.rejections?.map(\.document) == ["p", "a", "c"])
    }

    @Test("Options out of range are refused by name.")
    func options() {
        let wrong: [MiningOptions] = [
            .init(numNegatives: 0), .init(rangeMin: -1), .init(rangeMin: 5, rangeMax: 5), .init(rangeMax: .max),
            .init(relativeMargin: -0.1), .init(relativeMargin: .nan), .init(absoluteMargin: .infinity),
            .init(maxScore: .nan), .init(maxScore: 1, minScore: 2), .init(nearDuplicateThreshold: 0),
            .init(nearDuplicateThreshold: 1.01), .init(shingling: .words(0)), .init(scoreSharpness: -1),
            .init(scoreOffset: .nan), .init(relevanceWeight: 1.1),
        ]
        for options in wrong {
            #expect(throws: MiningError.self) { try options.validate() }
        }
        #expect(throws: Never.self) { try MiningOptions().validate() }
        #expect(
            MiningError(option: "rangeMax 0", remedy: "use more").description
                == "mining option rangeMax 0 cannot be used; use more")
    }

    @Test("Progress ends with all queries.")
    func progress() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 1)
        var miner = try HardNegativeMiner(retriever: fake, documents: fake)
        miner.batchSize = 5
        var seen: [MiningProgress] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { _ in
        } progress: {
            seen.append($0)
        }
        #expect(seen.map(\.queries) == [5, 10, 12] && seen.allSatisfy { $0.total == 12 })
        #expect(seen.last?.negatives == report.negatives)
    }
}

private func == (
    one: (mined: [MinedQuery], report: MiningReport), other: (mined: [MinedQuery], report: MiningReport)
) -> Bool {
    one.mined == other.mined && one.report == other.report
}
