import DecoyTestSupport
import RetrievalData
import Testing

struct RunReferenceTests {
    private func outcome(_ read: () throws -> Run) -> String {
        do {
            let run = try read()
            let rankings = run.rankings.map { ranking in
                ([ranking.queryID] + ranking.documents.map { "\($0.id) \($0.score.bitPattern)" }).joined(
                    separator: "\n")
            }
            return ([run.name] + rankings).joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "A run file gives the run, or the errors, that the plain way of reading gives.",
        arguments: RandomRunFile.Order.allCases, [6, 3])
    func whole(_ order: RandomRunFile.Order, _ columns: Int) throws {
        var generator = SeededGenerator(seed: 61)
        let folder = try TemporaryFolder()
        for round in 0..<60 {
            let bytes = RandomRunFile.bytes(order, columns: columns, faults: round % 2 == 1, using: &generator)
            let path = try folder.write("run.trec", bytes)
            let expected = outcome { try NaiveRunFile.read(bytes, source: path, name: "run") }
            #expect(outcome { try RunReader.read(path) } == expected, "seed \(generator.seed), round \(round)")
            if order != .apart, round % 2 == 0 {
                var rankings: [Ranking] = []
                let name = try RunReader.readRankings(path) { rankings.append($0) }
                #expect(outcome { Run(name: name, rankings: rankings) } == expected, "seed \(generator.seed)")
            }
        }
    }

    @Test("A long ranking between short ones is read like any other.")
    func longRanking() throws {
        let folder = try TemporaryFolder()
        var text = "q0 Q0 d1 1 1 t\n"
        for rank in 1...5_000 { text += "q1 Q0 d\(rank) \(rank) \(-rank) t\n" }
        for query in 2..<40 { text += "q\(query) Q0 d\(query) 1 1 t\nq\(query) Q0 d1 2 1 t\n" }
        let path = try folder.write("r", text)
        #expect(
            try RunReader.read(path).rankings.map(\.documents.count) == [1, 5_000] + Array(repeating: 2, count: 38))
        let twice = try folder.write("s", text + "q39 Q0 d39 3 0 t\n")
        #expect(throws: InputErrors.self) { try RunReader.read(twice) }
    }
}
