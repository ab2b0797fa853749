import RetrievalData

@testable import RetrievalEvaluation

/// A small evaluation of two runs, one of which has a name that every format must escape.
enum SampleEvaluation {
    static func report() throws -> (EvaluationReport, [Measure]) {
        let measures = try Measure.list("nDCG@10 RR")
        var qrels = Qrels()
        for query in ["q1", "q,2", "q3"] { qrels.judge(query: query, document: "a", grade: 1) }
        let evaluator = Evaluator(qrels: qrels, measures: measures)
        let evaluations = try [("base_1", 0.4), ("a<b> & c", 0.6)].map { name, score in
            let rankings = ["q1", "q,2"].map { query in
                Ranking(
                    queryID: query,
                    documents: [ScoredDocument(id: "b", score: 0.5), ScoredDocument(id: "a", score: score)])
            }
            return try evaluator.evaluate(Run(name: name, rankings: rankings))
        }
        let comparison = SampleResults.comparison("base_1", "a<b> & c", measures[0], 0.25, 0.001)
        return (
            EvaluationReport(qrels: "test_1.tsv", evaluations: evaluations, comparisons: [comparison], byQuery: true),
            measures
        )
    }
}
