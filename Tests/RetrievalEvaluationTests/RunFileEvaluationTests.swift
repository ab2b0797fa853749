import DecoyTestSupport
import RetrievalData
import Synchronization
import Testing

@testable import RetrievalEvaluation

struct RunFileEvaluationTests {
    private func qrels(_ generator: inout SeededGenerator) -> Qrels {
        var qrels = Qrels()
        for query in RandomRunFile.ids.shuffled(using: &generator).prefix(45) {
            for document in RandomRunFile.ids.shuffled(using: &generator).prefix(
                Int.random(in: 1...20, using: &generator))
            {
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
            let threads = Int.random(in: 2...5, using: &generator)
            let part = Int.random(in: 1...300, using: &generator)
            let parts = try evaluator.evaluate(runFile: path, name: nil, threads: threads, minimumPart: part) { _ in }
            #expect(parts == expected, "seed \(generator.seed), round \(round), \(threads) threads")
        }
    }

    @Test("A run file is cut between queries; what cannot be cut is read from its start.")
    func parts() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<100).map { "query\($0 / 10) Q0 d\($0) 1 \(-$0) t\n" }
        let bytes = Array(lines.joined().utf8)
        let path = try folder.write("run", bytes)
        let parts = try #require(try RunReader.parts(path, count: 4, minimumSize: 1))
        #expect(parts.count == 4 && parts[0].lowerBound == 0 && parts[3].upperBound == bytes.count)
        var queries: [QueryID] = []
        for part in parts { #expect(try RunReader.scan(path, part: part) { queries.append($0.queryID) } != nil) }
        #expect(queries == (0..<10).map { "query\($0)" })
        for (one, next) in zip(parts, parts.dropFirst()) { #expect(one.upperBound == next.lowerBound) }
        #expect(try RunReader.parts(path, count: 4, minimumSize: bytes.count) == nil)
        #expect(try RunReader.parts(path, count: 1, minimumSize: 1) == nil)
        let one = try folder.write("one", (0..<100).map { "q Q0 d\($0) 1 \(-$0) t\n" }.joined())
        #expect(try RunReader.parts(one, count: 4, minimumSize: 1) == nil)
        let packed = try folder.write("packed", StoredArchives.gzip(bytes))
        #expect(try RunReader.parts(packed, count: 4, minimumSize: 1) == nil)
    }

    @Test("Parts that disagree on their columns, or share a query, are read from the start.")
    func disagreement() throws {
        let folder = try TemporaryFolder()
        var qrels = Qrels()
        qrels.judge(query: "q1", document: "a", grade: 1)
        let evaluator = Evaluator(qrels: qrels, measures: try Measure.list("RR"))
        func evaluate(_ path: String) throws -> Evaluation {
            try evaluator.evaluate(runFile: path, name: nil, threads: 2, minimumPart: 1) { _ in }
        }
        let widths = try folder.write("widths", "q1 Q0 a 1 1 t\nq1 Q0 b 2 0 t\nq2 a 1\nq3 a 1\nq4 a 1\n")
        let errors = try #require(throws: InputErrors.self) { try evaluate(widths) }
        #expect(errors.errors.map(\.line) == [3, 4, 5])
        for query in ["q1", "x", "é"] {
            let text = [query, "q2", query == "é" ? "e\u{301}" : query].map { "\($0) Q0 a 1 1 t\n\($0) Q0 b 1 2 t\n" }
            let twice = try folder.write("twice", text.joined())
            let duplicate = try #require(throws: InputErrors.self) { try evaluate(twice) }
            #expect(duplicate.errors.map(\.line) == [5, 6])
        }
    }

    @Test("Several files have the values that each has alone, and the first file in error is the one named.")
    func severalFiles() throws {
        var generator = SeededGenerator(seed: 68)
        let folder = try TemporaryFolder()
        let evaluator = Evaluator(qrels: qrels(&generator), measures: try Measure.list("nDCG@10 AP"))
        var files: [(path: String, name: String?)] = []
        for number in 0..<7 {
            let order = RandomRunFile.Order.allCases[number % 3]
            files.append((try folder.write("r\(number)", RandomRunFile.bytes(order, using: &generator)), "n\(number)"))
        }
        let alone = try files.map { try evaluator.evaluate(runFile: $0.path, name: $0.name) }
        for threads in [1, 2, 4, 16] { #expect(try evaluator.evaluate(runFiles: files, threads: threads) == alone) }
        try folder.write("r3", "nothing\n")
        try folder.write("r5", "nothing\n")
        let errors = try #require(throws: InputErrors.self) { try evaluator.evaluate(runFiles: files, threads: 3) }
        #expect(errors.errors.first?.source == files[3].path)
        #expect(try evaluator.evaluate(runFiles: [], threads: 2).isEmpty)
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
            let part = Int.random(in: 1...300, using: &generator)
            do {
                _ = try evaluator.evaluate(
                    runFile: path, name: nil, threads: 1 + round % 3, minimumPart: part, progress: { _ in })
            } catch { messages.append("\(error)") }
            do { _ = try NaiveRunFile.read(bytes, source: path, name: "run") } catch { messages.append("\(error)") }
            #expect(
                messages.isEmpty || messages.count == 2 && messages[0] == messages[1], "round \(round): \(messages)")
        }
    }

    @Test("Progress counts rankings, and the name given stands before the run's own.")
    func progress() throws {
        let folder = try TemporaryFolder()
        var qrels = Qrels()
        qrels.judge(query: "q", document: "a", grade: 1)
        let evaluator = Evaluator(qrels: qrels, measures: try Measure.list("RR"))
        let path = try folder.write("r", "q Q0 a 1 1 tag\nx Q0 a 1 1 tag\n")
        let counts = Mutex<[Int]>([])
        let evaluation = try evaluator.evaluate(runFile: path, name: "mine") { count in
            counts.withLock { $0.append(count) }
        }
        #expect(counts.withLock { $0 } == [1, 2])
        #expect(evaluation.name == "mine" && evaluation.coverage.extraQueryIDs == ["x"])
        #expect(try evaluator.evaluate(runFile: path).name == "tag")
        let none = Evaluator(qrels: qrels, measures: [])
        #expect(throws: EvaluationError.noMeasures) { try none.evaluate(runFile: path) }
    }
}
