import DecoyTestSupport
import RetrievalData
import RetrievalEvaluation
import Testing

struct RunFileEvaluationTests {
    private func qrels(_ generator: inout SeededGenerator) -> Qrels {
        var qrels = Qrels()
        for query in RandomRunFile.ids.shuffled(using: &generator).prefix(45) {
            for document in RandomRunFile.ids.shuffled(using: &generator).prefix(Int.random(in: 1...20, using: &generator)) {
                qrels.judge(query: query, document: document, grade: Int.random(in: -1...3, using: &generator))
            }
        }
        return qrels
    }

    @Test(
        "A run file has the values of the run that is read the plain way and measured ranking by ranking.",
        arguments: RandomRunFile.Order.allCases, [6, 3])
    func reference(_ order: RandomRunFile.Order, _ columns: Int) throws {
        var generator = SeededGenerator(seed: 66)
        let folder = try TemporaryFolder()
        let measures = try Measure.list("nDCG nDCG@5 R@10 RR AP P(rel=2)@5 Judged@10")
        for round in 0..<40 {
            let options = EvaluationOptions(
                queries: Bool.random(using: &generator) ? .complete : .intersect,
                excludeQueryID: Bool.random(using: &generator),
                scorePrecision: Bool.random(using: &generator) ? .double : .single)
            let evaluator = Evaluator(qrels: qrels(&generator), measures: measures, options: options)
            let bytes = RandomRunFile.bytes(order, columns: columns, using: &generator)
            let expected = try evaluator.evaluate(NaiveRunFile.read(bytes, source: "", name: "run"))
            let names = ["run.trec", "run.trec.gz", "run.trec.zst"]
            let contents = [bytes, StoredArchives.gzip(bytes), StoredArchives.zstd(bytes)]
            let path = try folder.write(names[round % 3], contents[round % 3])
            #expect(try evaluator.evaluate(runFile: path) == expected, "seed \(generator.seed), round \(round)")
        }
    }

    @Test("A run file that is wrong gives the errors that the plain way of reading gives.", arguments: [6, 3])
    func faults(_ columns: Int) throws {
        var generator = SeededGenerator(seed: 67)
        let folder = try TemporaryFolder()
        let evaluator = Evaluator(qrels: qrels(&generator), measures: try Measure.list("RR"))
        for round in 0..<60 {
            let order = RandomRunFile.Order.allCases.randomElement(using: &generator) ?? .ranked
            let bytes = RandomRunFile.bytes(order, columns: columns, faults: true, using: &generator)
            let path = try folder.write("run.trec", bytes)
            var messages: [String] = []
            do { _ = try evaluator.evaluate(runFile: path) } catch { messages.append("\(error)") }
            do { _ = try NaiveRunFile.read(bytes, source: path, name: "run") } catch { messages.append("\(error)") }
            #expect(messages.isEmpty || messages.count == 2 && messages[0] == messages[1], "round \(round): \(messages)")
        }
    }

    @Test("Progress counts rankings, and the name given stands before the run's own.")
    func progress() throws {
        let folder = try TemporaryFolder()
        var qrels = Qrels()
        qrels.judge(query: "q", document: "a", grade: 1)
        let evaluator = Evaluator(qrels: qrels, measures: try Measure.list("RR"))
        let path = try folder.write("r", "q Q0 a 1 1 tag\nx Q0 a 1 1 tag\n")
        var counts: [Int] = []
        let evaluation = try evaluator.evaluate(runFile: path, name: "mine") { counts.append($0) }
        #expect(counts == [1, 2])
        #expect(evaluation.name == "mine" && evaluation.coverage.extraQueryIDs == ["x"])
        #expect(try evaluator.evaluate(runFile: path).name == "tag")
        let none = Evaluator(qrels: qrels, measures: [])
        #expect(throws: EvaluationError.noMeasures) { try none.evaluate(runFile: path) }
    }
}
