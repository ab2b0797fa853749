import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct AggregationTests {
    private let qrels: Qrels = {
        var qrels = Qrels()
        for (query, document, grade) in [("a", "x", 1), ("a", "y", 0), ("b", "x", 2), ("b", "y", 1), ("c", "x", 1)] {
            qrels.judge(query: query, document: document, grade: grade)
        }
        return qrels
    }()
    private let run = Run(
        name: "r",
        rankings: [
            Ranking(
                queryID: "a", documents: [ScoredDocument(id: "y", score: 2), ScoredDocument(id: "x", score: 1)]),
            Ranking(queryID: "b", documents: [ScoredDocument(id: "x", score: 2)]),
            Ranking(queryID: "extra", documents: [ScoredDocument(id: "x", score: 2)]),
        ])

    @Test("Counts are summed; queries and relevant documents that the run lacks count as long as they are asked for.")
    func sums() throws {
        let measures = try Measure.list("NumQ NumRet NumRelRet NumRel NumRel(rel=2)")
        let complete = try Evaluator(qrels: qrels, measures: measures).evaluate(run)
        #expect(complete.values == [[1, 1, 1], [2, 1, 0], [1, 1, 0], [1, 2, 1], [0, 1, 0]])
        #expect(measures.map { complete.mean(of: $0) } == [3, 3, 2, 4, 1])
        #expect(complete.means["NumRet(rel=1)"] == 2)
        #expect(complete.mean(of: measures[0], over: ["a", "b"]) == 2)
        let options = EvaluationOptions(queries: .intersect)
        let intersect = try Evaluator(qrels: qrels, measures: measures, options: options).evaluate(run)
        #expect(measures.map { intersect.mean(of: $0) } == [2, 3, 2, 3, 1])
    }

    @Test("The geometric mean of AP takes 0.00001 for a query without success.")
    func geometricMean() throws {
        let measure = try Measure("GMAP")
        let evaluation = try Evaluator(qrels: qrels, measures: [measure]).evaluate(run)
        #expect(evaluation.values == [[0.5, 0.5, 0]])
        let value = try #require(evaluation.mean(of: measure))
        #expect(abs(value - cbrt(0.5 * 0.5 * 0.00001)) < 1e-12)
        #expect(MeasureAggregation.geometricMean.figure(of: []) == 0)
        #expect(MeasureAggregation.sum.figure(of: []) == 0)
    }

    @Test("Extreme grades give finite values.")
    func extremeGrades() throws {
        let measures = try Measure.known.map {
            try Measure(
                $0.form.replacing("[@k]", with: "").replacing("@k", with: "@2").replacing("@recall", with: "@1"))
        }
        let grades = [[Int.max, 5000], [5000, 4999, GradedRanking.unjudged, -1, 0], [-3, Int.min + 1], [], [0, 0]]
        for measure in measures + [try Measure("nDCG(dcg='exp-log2')"), try Measure("AP(judged_only=True)")] {
            for retrieved in grades {
                for others in grades {
                    let judged = (retrieved + others).filter { $0 != GradedRanking.unjudged }
                    let value = measure.value(of: GradedRanking(grades: retrieved, judged: judged))
                    #expect(value.isFinite && value >= 0, "\(measure) \(retrieved) \(judged)")
                }
            }
        }
        let exponential = try Measure("nDCG(dcg='exp-log2')")
        #expect(exponential.value(of: GradedRanking(grades: [5000, 4999], judged: [5000, 4999])) == 1)
        // 2^4999 / log2(2) + 2^5000 / log2(3) over 2^5000 / log2(2) + 2^4999 / log2(3).
        let swapped = exponential.value(of: GradedRanking(grades: [4999, 5000], judged: [5000, 4999]))
        #expect(abs(swapped - (0.5 + 1 / log2(3)) / (1 + 0.5 / log2(3))) < 1e-12)
    }
}
