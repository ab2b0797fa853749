import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct GoldenMeasureTests {
    @Test(
        "Measures equal trec_eval 9.0.4 to its four decimals, per query and over all, on 200 runs with ties, gaps and negative grades."
    )
    func equalsTrecEval() throws {
        let rows = try Fixture.compressedRows("trec_eval.tsv.gz")
        let head = try #require(rows.first)
        let names = head.dropFirst(3).map(String.init)
        let measures = try names.map { try Measure($0) }
        var checked = 0
        var runs: Set<Int> = []
        var wrong: [String] = []
        var last: (number: Int, run: RandomRun)?
        var rest = rows.dropFirst()
        while let row = rest.first {
            let group = rest.prefix { $0[0] == row[0] && $0[1] == row[1] }
            rest = rest.dropFirst(group.count)
            let number = try #require(Int(row[0]))
            let random = last?.number == number ? try #require(last?.run) : RandomRun(number)
            last = (number, random)
            runs.insert(number)
            let level = measures.map { Self.measure($0, option: row[1]) }
            let evaluator = Evaluator(qrels: random.qrels, measures: level)
            let evaluation = try evaluator.evaluate(random.run)
            for golden in group {
                let query = evaluation.queryIDs.firstIndex(of: String(golden[2]))
                #expect(golden[2] == "all" || query != nil)
                for (place, measure) in level.enumerated() where !golden[place + 3].isEmpty {
                    let values = evaluation.values[place]
                    let value = query.map { values[$0] } ?? measure.aggregation.figure(of: values)
                    guard let expected = Self.expected(golden[place + 3], measure, option: row[1], query: query) else {
                        continue
                    }
                    if !(abs(value - expected) <= 0.5e-4 + 1e-9) {
                        wrong.append("run \(number) \(row[1]) query \(golden[2]) \(measure): \(value), not \(expected)")
                    }
                    checked += 1
                }
            }
        }
        let differences = wrong.prefix(20).joined(separator: "\n")
        #expect(differences.isEmpty, "\(wrong.count) differ")
        #expect(runs == Set(0..<200))
        #expect(checked > 100_000)
    }

    @Test("Measures that trec_eval lacks equal ir_measures' to 1e-9, and gdeval's to its five decimals.")
    func equalsIrMeasures() throws {
        var runs: [Substring: RandomRun] = [:]
        var evaluations: [Substring: Evaluation] = [:]
        var checked = 0
        for row in try Fixture.compressedRows("ir_measures.tsv.gz") {
            let measure = try Measure(String(row[1]))
            let key = "\(row[0]) \(row[1])"[...]
            if evaluations[key] == nil {
                let run = try runs[row[0]] ?? RandomRun(#require(Int(row[0])))
                runs[row[0]] = run
                evaluations[key] = try Evaluator(qrels: run.qrels, measures: [measure]).evaluate(run.run)
            }
            let evaluation = try #require(evaluations[key])
            let query = try #require(evaluation.queryIDs.firstIndex(of: String(row[2])))
            // pytrec_eval divides by 0 for IPrec where no judged document is left.
            let golden = try #require(Double(row[3]))
            let expected = golden.isNaN ? 0 : golden
            let byGdeval = measure.name == "ERR" || measure.parameters.gain == .exponential
            #expect(abs(evaluation.values[0][query] - expected) <= (byGdeval ? 0.5e-5 : 0) + 1e-9, "\(row)")
            checked += 1
        }
        #expect(checked > 6000)
    }

    /// trec_eval's value; nil where it has none to compare with.
    ///
    /// It divides by 0 for IPrec where `-J` leaves no document (0 here), and its `num_rel` over all counts from grade 1 whatever `-l` says.
    private static func expected(_ text: Substring, _ measure: Measure, option: Substring, query: Int?) -> Double? {
        if query == nil && measure.name == "NumRel" && option == "-l2" { return nil }
        guard let value = Double(text) else { return nil }
        return value.isNaN ? (query == nil ? nil : 0) : value
    }

    /// The measure under trec_eval's option `-l2` or `-J`, as far as it has one.
    private static func measure(_ measure: Measure, option: Substring) -> Measure {
        var parameters = measure.parameters
        if option == "-l2" && measure.formula.parameters.contains(.rel) {
            if parameters.rel != nil || measure.formula.standardGrade != nil { parameters.rel = 2 }
        }
        if option == "-J" { parameters.judgedOnly = true }
        return Measure(
            formula: measure.formula, cutoff: measure.cutoff, recall: measure.recall, parameters: parameters)
    }
}
