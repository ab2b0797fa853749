import RetrievalData
import RetrievalEvaluation
import Testing

struct GoldenMeasureTests {
    @Test(
        "Measures equal trec_eval 9.0.4 to its four decimals, per query and mean, on runs with ties, gaps and negative grades."
    )
    func equalsTrecEval() throws {
        var evaluations: [String: Evaluation] = [:]
        var checked = 0
        for row in try Fixture.rows("trec_eval.tsv", separator: "\t") {
            var measure = try Measure(row[2])
            if row[1] == "2" {
                measure = try Measure("\(measure.name)(rel=2)\(measure.cutoff.map { "@\($0)" } ?? "")")
            }
            let key = "\(row[0]) \(measure)"
            if evaluations[key] == nil {
                let qrels = try Fixture.qrels("random\(row[0]).qrels")
                let evaluator = Evaluator(qrels: qrels, measures: [measure])
                evaluations[key] = try evaluator.evaluate(Fixture.run("random\(row[0]).run"))
            }
            let evaluation = try #require(evaluations[key])
            let ours =
                row[3] == "all"
                ? evaluation.mean(of: measure) : evaluation.values(forQuery: row[3])?[measure.description]
            let value = try #require(ours)
            let golden = try #require(Double(row[4]))
            #expect(abs(value - golden) <= 0.5e-4 + 1e-9, "\(row)")
            checked += 1
        }
        #expect(checked > 2000)
    }

    @Test("Judged equals ir_measures.")
    func equalsIrMeasures() throws {
        for row in try Fixture.rows("judged.tsv", separator: "\t") {
            let measure = try Measure(row[1])
            let evaluator = Evaluator(qrels: try Fixture.qrels("random\(row[0]).qrels"), measures: [measure])
            let evaluation = try evaluator.evaluate(Fixture.run("random\(row[0]).run"))
            let value = try #require(evaluation.values(forQuery: row[2])?[row[1]])
            #expect(abs(value - (Double(row[3]) ?? -1)) < 1e-12, "\(row)")
        }
    }
}
