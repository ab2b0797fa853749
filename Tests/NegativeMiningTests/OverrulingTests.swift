import RetrievalData
import Testing

@testable import NegativeMining

@Suite("A person who judged a candidate wrong")
struct OverrulingTests {
    private let query = Query(id: "q", text: "who wrote it")
    private let judged: JudgedFilter

    init() {
        var qrels = Qrels()
        for (document, grade) in [("wrong", 0), ("spam", -2), ("relevant", 1), ("copy", 0)] {
            qrels.judge(query: "q", document: document, grade: grade)
        }
        qrels.judge(query: "other", document: "unjudged", grade: 0)
        judged = JudgedFilter(qrels: qrels)
    }

    /// p ranks first, and all others score as high.
    private func mine(_ options: MiningOptions, _ filters: [any FalseNegativeFilter] = []) throws -> (
        mined: MinedQuery, report: MiningReport
    ) {
        var fake = FakeRetriever()
        for id in ["p", "wrong", "spam", "relevant", "copy", "unjudged"] {
            fake.documents[id] = Document(id: id, text: id == "copy" ? "p" : id)
            fake.ranked["q", default: []].append(ScoredDocument(id: id, score: id == "p" ? 10 : 9.9))
        }
        var qrels = Qrels()
        qrels.judge(query: "q", document: "p", grade: 1)
        let miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: options, filters: filters + [judged], explains: true)
        var mined: MinedQuery?
        let report = try miner.mine(queries: [query], qrels: qrels) { mined = $0 }
        return (try #require(mined), report)
    }

    private func kept(_ mined: MinedQuery) -> [DocumentID: String] {
        Dictionary(uniqueKeysWithValues: mined.negatives.map { ($0.document, $0.overruled?.rawValue ?? "") })
    }

    @Test(
        "knows better than margins, the highest score and a teacher, and less than the window and what duplicates are.")
    func guesses() throws {
        let run = Run(
            name: "teacher",
            rankings: [
                Ranking(
                    queryID: "q",
                    sorting: ["wrong", "spam", "unjudged", "copy", "p"].enumerated().map {
                        ScoredDocument(id: $1, score: Double(9 - $0))
                    })
            ])
        let teacher = TeacherFilter(teacher: RunRetriever(run))
        for (options, filters, reason) in [
            (MiningOptions(relativeMargin: 0.05), [], "relativeMargin"),
            (MiningOptions(relativeMargin: nil, absoluteMargin: 1), [], "absoluteMargin"),
            (MiningOptions(relativeMargin: nil, maxScore: 5), [], "maxScore"),
            (MiningOptions(relativeMargin: nil), [teacher as any FalseNegativeFilter], "teacher"),
            // The first of several is named.
            (MiningOptions(relativeMargin: 0.05, absoluteMargin: 1, maxScore: 5), [teacher], "relativeMargin"),
        ] {
            let (mined, report) = try mine(options, filters)
            #expect(kept(mined) == ["wrong": reason, "spam": reason], "\(reason)")
            #expect(report.overruled == [reason: 2])
            let reasons = Dictionary(
                uniqueKeysWithValues: (mined.rejections ?? []).map { ($0.document, $0.reason.rawValue) })
            #expect(reasons["unjudged"] == reason && reasons["copy"] == "duplicateOfPositive")
            #expect(mined.fates.filter { $0.overruled != nil }.map(\.document).sorted() == ["spam", "wrong"])
        }
        // Where a guess rejects nothing, nothing is overruled; a score too low is no guess.
        #expect(try mine(MiningOptions(relativeMargin: nil)).report.overruled == nil)
        #expect(try kept(mine(MiningOptions(relativeMargin: nil)).mined) == ["wrong": "", "spam": "", "unjudged": ""])
        #expect(try mine(MiningOptions(relativeMargin: nil, minScore: 20)).mined.negatives.isEmpty)
        #expect(try mine(MiningOptions(rangeMin: 5, relativeMargin: 0.05, ifTooFew: .keep)).mined.negatives.isEmpty)
    }

    @Test("knows better than the estimate.")
    func estimate() throws {
        let context = try MiningContext(
            query: query, positives: [], texts: TextIndex(documents: FakeRetriever()))
        let filters: [any FalseNegativeFilter] = [FalseNegativeProbabilityFilter(limit: 0.1), judged]
        func decision(_ document: DocumentID, _ probability: Double) throws -> FilterDecision {
            try filters.decision(
                on: MiningCandidate(
                    document: document, score: 1, rank: 0, contentHash: nil, falseNegativeProbability: probability),
                in: context)
        }
        #expect(
            try decision("wrong", 0.9).reason == nil && decision("wrong", 0.9).overruled == .falseNegativeProbability)
        #expect(try decision("wrong", 0.05).overruled == nil)
        #expect(try decision("unjudged", 0.9).reason == .falseNegativeProbability)
        #expect(try decision("relevant", 0.05).reason == .judgedRelevant)
        #expect(try decision("relevant", 0.9).reason == .falseNegativeProbability)
    }

    @Test("is counted over minings that go on from one another.")
    func adding() throws {
        let (_, report) = try mine(MiningOptions(relativeMargin: 0.05))
        let (_, other) = try mine(MiningOptions(relativeMargin: nil))
        #expect(report.addingCounts(of: report).overruled == ["relativeMargin": 4])
        #expect(report.addingCounts(of: other).overruled == ["relativeMargin": 2])
        #expect(other.addingCounts(of: report).overruled == ["relativeMargin": 2])
        #expect(other.addingCounts(of: other).overruled == nil)
    }
}
