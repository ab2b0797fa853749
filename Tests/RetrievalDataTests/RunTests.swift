import DecoyTestSupport
import RetrievalData
import Testing

struct RunTests {
    private func randomRun(_ generator: inout SeededGenerator, score: (inout SeededGenerator) -> Double) -> Run {
        var run = Run(name: "bm25")
        for query in 0..<10 {
            let documents = (0..<Int.random(in: 1...20, using: &generator)).map {
                ScoredDocument(id: "d\($0)", score: score(&generator))
            }
            run.rankings.append(Ranking(queryID: "q\(query)", sorting: documents))
        }
        return run
    }

    @Test("A run of doubles survives being written and read, bit for bit.")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 14)
        let run = randomRun(&generator) { Double(bitPattern: $0.next() & 0xFFEF_FFFF_FFFF_FFFF) }
        let folder = try TemporaryFolder()
        let path = try folder.write("r.trec", run.rankings.map { $0.trecLines(tag: "bm25") }.joined())
        #expect(try RunReader.read(path) == run, "seed \(generator.seed)")
        var streamed: [Ranking] = []
        #expect(try RunReader.readRankings(path) { streamed.append($0) } == "bm25")
        #expect(streamed == run.rankings)
    }

    @Test("Scores that are floats are written short, read back as the same floats, and keep their order.")
    func floats() throws {
        var generator = SeededGenerator(seed: 15)
        let run = randomRun(&generator) { Double(Float.random(in: 0..<4, using: &$0)) }
        let folder = try TemporaryFolder()
        let back = try RunReader.read(folder.write("r", run.rankings.map { $0.trecLines(tag: "x") }.joined()))
        for (one, other) in zip(run.rankings, back.rankings) {
            #expect(one.documents.map(\.id) == other.documents.map(\.id), "seed \(generator.seed)")
            #expect(one.documents.map { Float($0.score) } == other.documents.map { Float($0.score) })
        }
        #expect(ScoreText.shortest(Double(Float(0.1))) == "0.1")
        #expect(ScoreText.shortest(0.1) == "0.1")
        #expect(ScoreText.shortest(0.1 + 0.2) == "0.30000000000000004")
    }

    @Test("A ranking where only some scores are floats keeps its order.")
    func mixed() throws {
        let near = Double(Float(0.1))  // 0.10000000149…; its float form, 0.1, would fall below the other
        let ranking = Ranking(
            queryID: "q",
            documents: [ScoredDocument(id: "a", score: near), ScoredDocument(id: "b", score: near.nextDown)])
        let folder = try TemporaryFolder()
        #expect(try RunReader.read(folder.write("r", ranking.trecLines(tag: "x"))).rankings == [ranking])
    }

    @Test("Lines have six columns, ranks from 1, and a tag without white space.")
    func lines() {
        let ranking = Ranking(
            queryID: "q", documents: [ScoredDocument(id: "a", score: 2), ScoredDocument(id: "b", score: 1e-5)])
        #expect(ranking.trecLines(tag: "my run") == "q Q0 a 1 2.0 my_run\nq Q0 b 2 1e-05 my_run\n")
        #expect(ranking.msMarcoLines() == "q\ta\t1\nq\tb\t2\n")
    }

    @Test("Ranks of a run file do not count, its scores do; ties go by id descending.")
    func order() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("r.trec", "q Q0 a 1 1.0 t\nq Q0 b 2 3 t\nq Q0 c 3 1 t\n")
        #expect(try RunReader.read(path).rankings[0].documents.map(\.id) == ["b", "c", "a"])
    }

    @Test("A query's lines may stand apart when the run is read whole; a stream refuses them.")
    func apart() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("r.trec", "q1 Q0 a 1 3 t\nq2 Q0 a 1 1 t\nq1 Q0 b 2 2 t\nq2 Q0 b 2 0 t\n")
        #expect(try RunReader.read(path).rankings.map(\.documents.count) == [2, 2])
        let errors = try #require(throws: InputErrors.self) { try RunReader.readRankings(path) { _ in } }
        #expect(errors.errors.map(\.line) == [3, 4])
        let twice = try folder.write(
            "s.trec", "q1 Q0 a 1 3 t\nq2 Q0 a 1 1 t\nq1 Q0 b 2 2 t\nq2 Q0 c 1 1 t\nq1 Q0 a 2 2 t\n")
        let duplicate = try #require(throws: InputErrors.self) { try RunReader.read(twice) }
        #expect(duplicate.errors.map(\.line) == [5])
    }

    @Test("An MS MARCO run has the name of its file and falling scores.")
    func msMarco() throws {
        let folder = try TemporaryFolder()
        let run = try RunReader.read(folder.write("dev.bm25.tsv", "1\t10\t1\n1\t11\t2\n2\t10\t1\n"))
        #expect(run.name == "dev.bm25")
        #expect(run.rankings.map { $0.documents.map(\.id) } == [["10", "11"], ["10"]])
        #expect(run.rankings[0].documents.map(\.score) == [1, 0.5])
    }

    @Test("A run is a retriever of its own rankings.")
    func retriever() throws {
        let documents = [ScoredDocument(id: "a", score: 2), ScoredDocument(id: "b", score: 1)]
        let retriever = RunRetriever(Run(name: "r", rankings: [Ranking(queryID: "q", documents: documents)]))
        let queries = [Query(id: "x", text: ""), Query(id: "q", text: "")]
        #expect(try retriever.run(queries, k: 1).rankings.map { $0.documents.map(\.id) } == [[], ["a"]])
        #expect(try retriever.scores(of: ["b", "c", "a"], for: queries[1]) == [1, nil, 2])
        #expect(try retriever.scores(of: ["b"], for: queries[0]) == [nil])
    }
}
