import DecoyTestSupport
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct EvaluatorTests {
    private func qrels(_ rows: [(QueryID, DocumentID, Int)]) -> Qrels {
        var qrels = Qrels()
        for (query, document, grade) in rows { qrels.judge(query: query, document: document, grade: grade) }
        return qrels
    }

    private func ranking(_ query: QueryID, _ documents: [(DocumentID, Double)]) -> Ranking {
        Ranking(queryID: query, documents: documents.map { ScoredDocument(id: $0.0, score: $0.1) })
    }

    @Test("Means go over the qrels' queries: missing ones count 0, extra ones are ignored, and both are reported.")
    func coverage() throws {
        let qrels = qrels([("q1", "a", 1), ("q2", "a", 1), ("q3", "a", 0), ("q4", "a", 1)])
        let run = Run(
            name: "r",
            rankings: [
                ranking("q4", []), ranking("x", [("a", 1)]), ranking("q1", [("a", 1)]), ranking("q3", [("a", 1)]),
            ])
        let measures = try Measure.list("RR")
        let complete = try Evaluator(qrels: qrels, measures: measures).evaluate(run)
        #expect(complete.queryIDs == ["q1", "q2", "q3", "q4"])
        #expect(complete.values == [[1, 0, 0, 0]])
        #expect(complete.means == ["RR": 0.25])
        #expect(complete.coverage.missingQueryIDs == ["q2", "q4"])
        #expect(complete.coverage.extraQueryIDs == ["x"])
        #expect(complete.coverage.withoutRelevant == 1)
        #expect(
            complete.coverage.summary()
                == "4 judged queries, 2 retrieved, 2 missing (count 0), 1 extra (ignored), 1 without a relevant document (count 0)"
        )
        let options = EvaluationOptions(queries: .intersect)
        let intersect = try Evaluator(qrels: qrels, measures: measures, options: options).evaluate(run)
        #expect(intersect.queryIDs == ["q1", "q3"])
        #expect(intersect.means == ["RR": 0.5])
    }

    @Test("Documents rank by score, then by id descending in bytes, whatever their order in the run.")
    func ties() throws {
        let qrels = qrels([("q", "a", 1)])
        let evaluator = Evaluator(qrels: qrels, measures: try Measure.list("RR"))
        for documents in [[("a", 1.0), ("ä", 1), ("b", 1)], [("b", 1.0), ("a", 1), ("ä", 1)]] {
            let evaluation = try evaluator.evaluate(Run(name: "r", rankings: [ranking("q", documents)]))
            #expect(evaluation.values == [[1.0 / 3]])
        }
    }

    @Test("Single precision ties scores as trec_eval 9.0.4 does.")
    func singlePrecision() throws {
        // trec_eval 9.0.4 -m recip_rank prints 0.5000 for this run.
        let run = Run(name: "r", rankings: [ranking("q", [("d1", 1.000_000_02), ("d9", 1.000_000_01)])])
        let qrels = qrels([("q", "d1", 1)])
        let measures = try Measure.list("RR")
        let single = EvaluationOptions(scorePrecision: .single)
        #expect(try Evaluator(qrels: qrels, measures: measures, options: single).evaluate(run).values == [[0.5]])
        #expect(try Evaluator(qrels: qrels, measures: measures).evaluate(run).values == [[1]])
    }

    @Test("A query that is a document is taken out of its own ranking where asked.")
    func excludeQueryID() throws {
        let run = Run(name: "r", rankings: [ranking("q", [("q", 3), ("a", 2)])])
        let options = EvaluationOptions(excludeQueryID: true)
        let qrels = qrels([("q", "a", 1)])
        let measures = try Measure.list("RR Judged@10")
        #expect(try Evaluator(qrels: qrels, measures: measures).evaluate(run).values == [[0.5], [0.5]])
        #expect(try Evaluator(qrels: qrels, measures: measures, options: options).evaluate(run).values == [[1], [1]])
    }

    @Test("NaN scores, repeated documents and repeated queries are errors that name them.")
    func errors() throws {
        let evaluator = Evaluator(qrels: qrels([("q", "a", 1)]), measures: try Measure.list("RR"))
        func error(_ rankings: [Ranking]) throws -> EvaluationError {
            try #require(throws: EvaluationError.self) { try evaluator.evaluate(Run(name: "r", rankings: rankings)) }
        }
        #expect(try error([ranking("q", [("a", .nan)])]) == .scoreIsNaN(run: "r", query: "q", document: "a"))
        #expect(try error([ranking("x", [("a", .nan)])]) == .scoreIsNaN(run: "r", query: "x", document: "a"))
        let repeated = ranking("q", [("a", 1), ("a", 2)])
        #expect(try error([repeated]) == .duplicateDocument(run: "r", query: "q", document: "a"))
        #expect(try error([ranking("q", []), ranking("q", [])]) == .duplicateQuery(run: "r", query: "q"))
        #expect(throws: EvaluationError.noMeasures) {
            try Evaluator(qrels: Qrels(), measures: []).evaluate(Run(name: "r"))
        }
    }

    @Test("Grades that are all negative give 0, as does an empty set of queries.")
    func degenerate() throws {
        let measures = try Measure.list("nDCG nDCG@3 AP RR R@3 P@3 Success@3 Judged@3")
        let negative = qrels([("q", "a", -1), ("q", "b", -2)])
        let run = Run(name: "r", rankings: [ranking("q", [("a", 2), ("b", 1)])])
        let values = try Evaluator(qrels: negative, measures: measures).evaluate(run).values
        #expect(values == [[0], [0], [0], [0], [0], [0], [0], [1]])
        #expect(try Evaluator(qrels: Qrels(), measures: measures).evaluate(run).means["AP"] == 0)
    }

    @Test("Measures equal their definitions read literally, on random rankings.", arguments: 0..<5)
    func naive(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let measures = try Measure.list(
            """
            nDCG@5 nDCG RR@5 RR(rel=2) AP AP@5 AP(rel=2)@5 P@5 R@5 R(rel=2)@5 Success@5 Judged@5 Judged
            nDCG(dcg='exp-log2') nDCG(dcg='exp-log2',judged_only=True)@5 RBP RBP(rel=2,p=0.3)@5 ERR ERR@3 Accuracy(rel=2)
            Accuracy@5 IPrec@0.4 IPrec@0 IPrec@1 AP(judged_only=True) P(judged_only=True)@3
            """)
        for _ in 0..<100 {
            let judgements = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Int.random(in: -1...3, using: &random)
            }
            let retrieved = (0..<Int.random(in: 0...12, using: &random)).shuffled(using: &random)
            let grades = retrieved.map { $0 < judgements.count ? judgements[$0] : GradedRanking.unjudged }
            let ranking = GradedRanking(grades: grades, judged: judgements)
            for measure in measures {
                let expected = NaiveMeasure.value(measure, grades, judgements)
                #expect(
                    abs(measure.value(of: ranking) - expected) < 1e-12,
                    "\(measure) \(grades) \(judgements) seed \(seed)")
            }
        }
    }
}
