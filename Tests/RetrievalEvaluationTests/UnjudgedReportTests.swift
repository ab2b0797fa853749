import DecoyTestSupport
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct UnjudgedReportTests {
    private func run(_ name: String, _ rankings: [QueryID: String]) -> Run {
        Run(
            name: name,
            rankings: rankings.sorted { $0.key < $1.key }.map { query, ids in
                let ids = ids.split(separator: " ").map(String.init)
                return Ranking(
                    queryID: query,
                    documents: ids.enumerated().map { ScoredDocument(id: $1, score: Double(ids.count - $0)) })
            })
    }

    private func qrels(_ judgements: [(QueryID, DocumentID, Int)]) -> Qrels {
        var qrels = Qrels()
        for (query, document, grade) in judgements { qrels.judge(query: query, document: document, grade: grade) }
        return qrels
    }

    @Test("Shares and bounds of a small case are those worked out by hand.")
    func byHand() throws {
        // q2 is missing from the run: no share, and the value 0.
        let qrels = qrels([("q1", "a", 1), ("q1", "n", 0), ("q2", "a", 1)])
        let old = run("old", ["q1": "u n a", "q2": "a"])
        let new = run("new", ["q1": "a v n"])
        let report = try UnjudgedReport(
            qrels: qrels, systems: [.init(name: "old", runs: [old]), .init(name: "new", runs: [new])],
            pairs: [("old", "new")], measure: Measure("P@2"))
        #expect(report.depth == 2 && report.shares == ["old": 0.25, "new": 0.5])
        let bound = try #require(report.bounds.first)
        // P@2 of q1: old 0 or ½ with u, new ½ or 1 with v; of q2: old ½, new 0.
        #expect(bound.difference == (0.5 - 0.5) / 2)
        #expect(bound.pessimistic == (0 - 0.5) / 2)
        #expect(bound.optimistic == (1 - 0.5) / 2)
    }

    @Test(
        "The difference is the evaluator's, the bounds lie on either side, and no other choice of relevant documents is worse."
    )
    func reference() throws {
        let seed: UInt64 = 41
        var random = SeededGenerator(seed: seed)
        func ranking() -> String { (0..<12).map { "d\($0)" }.shuffled(using: &random).prefix(7).joined(separator: " ") }
        for round in 0..<12 {
            var judged: [(QueryID, DocumentID, Int)] = [("q0", "d0", round % 3), ("q1", "d1", 0), ("q2", "z", 2)]
            for document in 1..<6 where Bool.random(using: &random) { judged.append(("q0", "d\(document)", round % 2)) }
            let qrels = qrels(judged)
            let old = run("old", ["q0": ranking(), "q1": ranking()])
            let new = run("new", ["q0": ranking(), "q1": ranking()])
            for measure in try Measure.list("nDCG@4 P@4 R@4 RR@4 nDCG@3") {
                let report = try UnjudgedReport(
                    qrels: qrels, systems: [.init(name: "old", runs: [old]), .init(name: "new", runs: [new])],
                    pairs: [("old", "new")], measure: measure, depth: 4)
                let bound = try #require(report.bounds.first)
                func mean(_ qrels: Qrels, _ run: Run) throws -> Double {
                    try Evaluator(qrels: qrels, measures: [measure]).evaluate(run).mean(of: measure) ?? .nan
                }
                let difference = try mean(qrels, new) - mean(qrels, old)
                #expect(abs(bound.difference - difference) < 1e-12, "seed \(seed)")
                let pessimistic = try worst(qrels, old, new, measure, 1)
                let optimistic = try worst(qrels, new, old, measure, -1)
                #expect(abs(bound.pessimistic - pessimistic) < 1e-12, "seed \(seed), \(measure), round \(round)")
                #expect(abs(bound.optimistic - optimistic) < 1e-12, "seed \(seed), \(measure), round \(round)")
                #expect(bound.pessimistic <= bound.difference && bound.difference <= bound.optimistic)
            }
        }
    }

    /// The mean over queries of the lowest (sign 1) or highest (−1) difference over all sets of one side's unjudged documents.
    private func worst(_ qrels: Qrels, _ one: Run, _ other: Run, _ measure: Measure, _ sign: Double) throws -> Double {
        var sum = 0.0
        for query in qrels.queryIDs {
            func documents(_ run: Run) -> [DocumentID] {
                run.rankings.first { $0.queryID == query }.map { $0.documents.map(\.id) } ?? []
            }
            let others = Set(documents(other).prefix(4))
            let free = documents(one).prefix(4).filter { qrels[query][$0] == nil && !others.contains($0) }
            let grade = max(1, qrels[query].values.max() ?? 0)
            var least = Double.infinity
            for choice in 0..<(1 << free.count) {
                var judgements = qrels[query]
                for (place, document) in free.enumerated() where choice >> place & 1 == 1 {
                    judgements[document] = grade
                }
                func value(_ run: Run) -> Double {
                    let documents = documents(run).map { ScoredDocument(id: $0, score: 0) }
                    return measure.value(of: GradedRanking(documents, judgements: judgements))
                }
                least = min(least, value(other) - value(one))
            }
            sum += sign * least
        }
        return sum / Double(qrels.queryIDs.count)
    }

    @Test("A single run stands for every seed; options are heeded; a pair that cannot be is an error.")
    func seedsAndOptions() throws {
        let qrels = qrels([("q1", "a", 1), ("q2", "b", 1)])
        let once = run("bm25", ["q1": "a q1", "q2": "b"])
        let seeds = [run("1", ["q1": "q1 a", "q2": "x b"]), run("2", ["q1": "a", "q2": "b x"])]
        func report(_ pair: (String, String), _ options: EvaluationOptions = .init()) throws -> UnjudgedReport {
            try UnjudgedReport(
                qrels: qrels,
                systems: [
                    .init(name: "bm25", runs: [once]), .init(name: "after", runs: seeds),
                    .init(name: "three", runs: seeds + [once]),
                ], pairs: [pair], measure: Measure("RR"), options: options)
        }
        let all = try report(("bm25", "after"))
        #expect(all.depth == 10 && all.bounds[0].difference == -0.25)
        #expect(all.shares["after"] == (0.5 + 0.5 + 0 + 0.5) / 4)
        let without = try report(("bm25", "after"), EvaluationOptions(excludeQueryID: true))
        #expect(without.bounds[0].difference == -0.125 && without.shares["bm25"] == 0)
        #expect(throws: EvaluationError.self) { try report(("bm25", "nobody")) }
        #expect(throws: EvaluationError.self) { try report(("after", "three")) }
        let partial = run("p", ["q1": "x a"])
        let intersect = try UnjudgedReport(
            qrels: qrels,
            systems: [.init(name: "p", runs: [partial]), .init(name: "o", runs: [run("o", ["q1": "a"])])],
            pairs: [("p", "o")], measure: Measure("RR"), options: EvaluationOptions(queries: .intersect))
        #expect(intersect.bounds[0].difference == 0.5)
    }
}
