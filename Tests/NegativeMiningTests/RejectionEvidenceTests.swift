import RetrievalData
import Testing

@testable import NegativeMining

@Suite("What rejections rest on")
struct RejectionEvidenceTests {
    private let words = "the quick brown fox jumps over the lazy dog and runs away from the old grey wolf"

    /// One positive `p` at 9; candidates from 8 down to 1.
    private func fates(
        _ texts: [DocumentID: String], _ options: MiningOptions, filters: [any FalseNegativeFilter] = []
    ) throws -> [DocumentID: CandidateFate] {
        var fake = FakeRetriever()
        for (id, text) in texts { fake.documents[id] = Document(id: id, text: text) }
        let candidates = texts.keys.filter { $0 != "p" }.sorted()
        fake.ranked["q"] =
            [ScoredDocument(id: "p", score: 9)]
            + candidates.enumerated().map { ScoredDocument(id: $1, score: Double(8 - $0)) }
        var qrels = Qrels()
        qrels.judge(query: "q", document: "p", grade: 1)
        let miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: options, filters: filters, explains: true)
        var fates: [DocumentID: CandidateFate] = [:]
        _ = try miner.mine(queries: [Query(id: "q", text: "fox")], qrels: qrels) { mined in
            for fate in mined.fates { fates[fate.document] = fate }
        }
        return fates
    }

    @Test("Duplicates name the document that they repeat, near ones the similarity and the threshold.")
    func duplicates() throws {
        let fates = try fates(
            [
                "p": words, "a": words, "b": words + " again", "c": "wholly different text about ships",
                "d": "wholly different text about ships",
            ],
            MiningOptions(relativeMargin: nil, dedupe: .near, nearDuplicateThreshold: 0.7))
        #expect(fates["a"]?.fate == "duplicateOfPositive" && fates["a"]?.evidence == RejectionEvidence(document: "p"))
        let near = try #require(fates["b"])
        #expect(near.fate == "nearDuplicateOfPositive" && near.evidence?.document == "p" && near.evidence?.limit == 0.7)
        let shingling = Shingling.characters(5)
        #expect(near.evidence?.value == Shingles(words, shingling).jaccard(Shingles(words + " again", shingling)))
        #expect(fates["c"]?.fate == "kept" && fates["c"]?.evidence == nil)
        #expect(fates["d"]?.fate == "duplicateOfNegative" && fates["d"]?.evidence == RejectionEvidence(document: "c"))
    }

    @Test("Limits of scores and of a teacher stand beside the number that they were compared with.")
    func limits() throws {
        let texts = Dictionary(uniqueKeysWithValues: ["p", "a", "b", "c", "d", "e"].map { ($0, "text \($0)") })
        var teacher = FakeRetriever()
        teacher.ranked["q"] = [("p", 0.5), ("c", 0.75)].map { ScoredDocument(id: $0, score: $1) }
        let fates = try fates(
            texts, MiningOptions(relativeMargin: nil, absoluteMargin: 1.5, maxScore: 6.5, minScore: 5),
            filters: [TeacherFilter(teacher: teacher, margin: 0.125)])
        #expect(fates["a"]?.fate == "absoluteMargin" && fates["a"]?.evidence == .init(value: 8, limit: 7.5))
        #expect(fates["b"]?.fate == "maxScore" && fates["b"]?.evidence == .init(value: 7, limit: 6.5))
        #expect(fates["c"]?.fate == "teacher" && fates["c"]?.evidence == .init(value: 0.75, limit: 0.375))
        #expect(fates["d"]?.fate == "kept")
        #expect(fates["e"]?.fate == "minScore" && fates["e"]?.evidence == .init(value: 4, limit: 5))
        #expect(fates.values.allSatisfy { $0.positiveScore == 9 && $0.margin == 9 - ($0.score ?? 0) })
        #expect(RejectionEvidence(value: .infinity, limit: .nan) == RejectionEvidence())
    }

    @Test("In a mixture each candidate stands beside its own source's positive, and only sources compare scores.")
    func mixture() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 5)
        var other = fake
        for (query, documents) in other.ranked {
            other.ranked[query] = documents.map { ScoredDocument(id: $0.id, score: $0.score / 8) }
        }
        let mixture = NegativeMixture([
            .init(name: "one", share: 2, kind: .retriever(fake)), .init(name: "two", share: 1, kind: .retriever(other)),
            .init(name: "random", share: 1, kind: .random),
        ])
        var miner = try HardNegativeMiner(
            mixture: mixture, documents: fake, options: MiningOptions(numNegatives: 4, rangeMax: 10), explains: true)
        miner.reportDetail = MiningReportDetail()
        let report = try miner.mine(queries: queries, qrels: qrels) { mined in
            #expect(mined.references.map(\.source) == ["one", "two", "random"])
            for fate in mined.fates {
                let known = mined.positives.compactMap(\.score).min()
                #expect(fate.positiveScore == known.map { fate.source == "two" ? $0 / 8 : $0 })
            }
        }
        #expect(report.ranks == nil && report.scoreHistogram == nil && report.relativeScoreHistogram == nil)
        #expect(report.fates?.allSatisfy { $0.meanRelativeScore == nil } == true && report.examples?.isEmpty == false)
        let sources = try #require(report.sources)
        #expect(sources.allSatisfy { $0.examples == nil && $0.shortest == nil && $0.fates != nil })
        #expect(sources[0].ranks?.isEmpty == false && sources[1].relativeScoreHistogram != nil)
    }

    @Test("A miner without detail reports counts alone, and one with it does not end early.")
    func counts() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 3)
        var miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: MiningOptions(numNegatives: 1, rangeMax: 20))
        let plain = try miner.mine(queries: queries, qrels: qrels) { _ in }
        #expect(plain.fates == nil && plain.examples == nil && plain.scoreHistogram == nil)
        miner.reportDetail = MiningReportDetail()
        miner.stopEarly()
        let detailed = try miner.mine(queries: queries, qrels: qrels) { _ in }
        #expect(detailed.candidates == plain.candidates && detailed.rejected == plain.rejected)
    }

    @Test("Documents outside the pool are counted as such and are no candidates.")
    func pool() throws {
        let (fake, queries, qrels) = FakeRetriever.random(seed: 4)
        var miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: MiningOptions(rangeMax: 30),
            pool: Set((0..<20).map { "d\($0)" }))
        miner.reportDetail = MiningReportDetail()
        let report = try miner.mine(queries: queries, qrels: qrels) { _ in }
        let fates = try #require(report.fates)
        let outside = try #require(fates.first { $0.fate == "notInPool" }).candidates
        #expect(outside > 0 && outside == report.rejected["notInPool"])
        let inside = fates.reduce(0) { $0 + $1.candidates } - outside
        #expect((report.ranks ?? []).reduce(0) { $0 + $1.kept + $1.rejected + $1.unused } == inside)
        #expect(report.negativeScores.count + report.rejectedScores.count + report.unusedScores.count == inside)
    }
}
