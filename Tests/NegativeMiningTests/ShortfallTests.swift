import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct ShortfallTests {
    private func mine(
        _ seed: UInt64, _ options: MiningOptions, filters: [any FalseNegativeFilter] = []
    ) throws -> (mined: [MinedQuery], report: MiningReport) {
        let (fake, queries, qrels) = FakeRetriever.random(seed: seed)
        let miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: options, filters: filters, explains: true)
        var mined: [MinedQuery] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { mined.append($0) }
        return (mined, report)
    }

    private func options(_ shortfall: MiningOptions.Shortfall) -> MiningOptions {
        MiningOptions(numNegatives: 4, rangeMax: 4, relativeMargin: 0.2, minScore: -1, seed: 3, ifTooFew: shortfall)
    }

    @Test(
        "A deeper window changes nothing for queries with enough negatives, and gives others as many or more.",
        arguments: 0..<8)
    func widen(seed: UInt64) throws {
        let kept = try mine(seed, options(.keep))
        let widened = try mine(seed, options(.widen))
        var more = 0
        for (one, other) in zip(kept.mined, widened.mined) {
            if one.negatives.count == 4 { #expect(one == other) }
            #expect(Array(other.negatives.prefix(one.negatives.count)) == one.negatives)
            #expect(other.negatives.allSatisfy { $0.rank ?? .max < 40 })
            more += other.negatives.count - one.negatives.count
        }
        #expect(widened.report.negatives == kept.report.negatives + more)
        #expect(kept.report.widenedQueries == 0)
        #expect(widened.report.widenedQueries >= kept.report.shortQueries - widened.report.shortQueries)
    }

    @Test("The window ends at ten times its depth.")
    func limit() throws {
        struct Late: FalseNegativeFilter {
            let name = "late"
            func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
                candidate.rank >= 25 ? nil : RejectionReason(rawValue: name)
            }
        }
        var fake = FakeRetriever()
        for number in 0..<100 {
            let id = "d\(100 + number)"
            fake.documents[id] = Document(id: id, text: id)
            fake.ranked["q", default: []].append(ScoredDocument(id: id, score: -Double(number)))
        }
        var qrels = Qrels()
        qrels.judge(query: "q", document: "p", grade: 1)
        for (end, expected, count) in [(3, ["d125", "d126", "d127", "d128", "d129"], 5), (2, [], 0)] {
            let miner = try HardNegativeMiner(
                retriever: fake, documents: fake, options: .init(numNegatives: 6, rangeMax: end), filters: [Late()])
            let report = try miner.mine(queries: [Query(id: "q", text: "")], qrels: qrels) {
                #expect($0.negatives.map(\.document) == expected)
            }
            #expect(report.negatives == count && report.widenedQueries == 1 && report.shortQueries == 1)
            #expect(report.candidates == end * 10)
        }
    }

    @Test(
        "Random documents fill up: never a positive, a rejected candidate or a text twice, and margins hold.",
        arguments: 0..<8)
    func fillRandom(seed: UInt64) throws {
        let (fake, _, _) = FakeRetriever.random(seed: seed)
        let kept = try mine(seed, options(.keep))
        let filled = try mine(seed, options(.fillRandom))
        var drawn = 0
        for (one, other) in zip(kept.mined, filled.mined) {
            #expect(Array(other.negatives.prefix(one.negatives.count)) == one.negatives)
            #expect(other.rejections == one.rejections)
            let random = other.negatives.dropFirst(one.negatives.count)
            drawn += random.count
            #expect(random.allSatisfy { $0.source == "random" && $0.rank == nil })
            let texts = other.negatives.map { fake.documents[$0.document]?.text }
            #expect(Set(texts).count == texts.count && !texts.contains(nil))
            let positives = other.positives.map(\.document)
            #expect(Set(texts).isDisjoint(with: positives.map { fake.documents[$0]?.text }))
            #expect(Set(other.negatives.map(\.document)).isDisjoint(with: (one.rejections ?? []).map(\.document)))
            if let lowest = other.positives.compactMap(\.score).min() {
                #expect(random.allSatisfy { $0.score ?? -.infinity <= lowest - abs(lowest) * 0.2 })
            }
        }
        #expect(filled.report.randomNegatives == drawn && filled.report.filledQueries > 0)
        #expect(filled.report.negatives == kept.report.negatives + drawn)
        #expect(filled.report.missingNegatives == kept.report.missingNegatives - drawn)
    }

    @Test("Dropped queries have no negatives, and every survivor says so.")
    func drop() throws {
        let kept = try mine(2, options(.keep))
        let dropped = try mine(2, options(.drop))
        for (one, other) in zip(kept.mined, dropped.mined) {
            if one.negatives.count == 4 {
                #expect(one == other)
            } else {
                #expect(other.negatives.isEmpty)
                let few = (other.rejections ?? []).filter { $0.reason == .tooFew }
                #expect(few.map(\.document) == one.negatives.map(\.document))
            }
        }
        #expect(dropped.report.droppedQueries == kept.report.shortQueries && kept.report.shortQueries > 0)
        #expect(dropped.report.emptyQueries == kept.report.shortQueries)
    }
}
