import DecoyTestSupport
import RetrievalData
import Testing

struct TrainingRowTests {
    @Test("Rows have the bytes that other tools expect.")
    func bytes() {
        let triplet = TrainingRow.texts(anchor: "a\"", positive: "p", negatives: ["n"])
        #expect(triplet.jsonLine() == #"{"anchor": "a\"", "positive": "p", "negative": "n"}"# + "\n")
        #expect(triplet.jsonLine(numbered: true) == #"{"anchor": "a\"", "positive": "p", "negative_1": "n"}"# + "\n")
        let tuple = TrainingRow.texts(anchor: "a", positive: "p", negatives: ["m", "n"], scores: [3, 2, 1.5])
        #expect(
            tuple.jsonLine()
                == #"{"anchor": "a", "positive": "p", "negative_1": "m", "negative_2": "n", "scores": [3.0, 2.0, 1.5]}"#
                + "\n")
        let ids = TrainingRow.ids(query: "q", positives: ["p"], negatives: [], scores: [0.5])
        #expect(ids.jsonLine() == #"{"query_id": "q", "positive_ids": ["p"], "negative_ids": [], "score": 0.5}"# + "\n")
    }

    @Test("Random rows survive being written and read.")
    func roundTrip() throws {
        var text = RandomText(seed: 16)
        var generator = SeededGenerator(seed: 16)
        let rows = (0..<60).map { number in
            let count = Int.random(in: 0...12, using: &generator)
            let scores =
                Bool.random(using: &generator)
                ? (0...count).map { _ in Double.random(in: -1...1, using: &generator) } : nil
            return number % 2 == 0
                ? TrainingRow.texts(
                    anchor: text.text(words: 1...4), positive: text.text(words: 1...4),
                    negatives: (0..<count).map { _ in text.text(words: 1...4) }, scores: scores)
                : .ids(query: "q\(number)", positives: ["p"], negatives: (0..<count).map { "n\($0)" }, scores: scores)
        }
        let folder = try TemporaryFolder()
        var back: [TrainingRow] = []
        try TrainingRowReader.read(folder.write("n.jsonl", rows.map { $0.jsonLine() }.joined())) { row, line in
            #expect(line == back.count + 1)
            back.append(row)
        }
        #expect(back == rows, "seed \(generator.seed)")
    }

    @Test("Triplets come from rows of ids and, by exact text, from rows of texts.")
    func triplets() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "n.jsonl",
            """
            {"query_id": 5, "positive_ids": ["a", "b"], "negative_ids": ["c"]}
            {"anchor": "query", "positive": "text a", "negative": "text c"}
            """)
        let texts = ["text a": "a", "text c": "c"]
        let triplets = try TrainingRowReader.triplets(
            path, queryID: { $0 == "query" ? "q" : nil }, documentID: { texts[$0] })
        #expect(
            triplets == [
                Triplet(query: "5", positive: "a", negatives: ["c"]),
                Triplet(query: "5", positive: "b", negatives: ["c"]),
                Triplet(query: "q", positive: "a", negatives: ["c"]),
            ])
        let errors = try #require(throws: InputErrors.self) { try TrainingRowReader.triplets(path) }
        #expect(errors.errors.map(\.line) == [2])
        #expect(errors.errors.allSatisfy { $0.problem.contains("\"query\"") })
    }

    @Test(
        "Triplets have the scores of their own documents; where scores are required a row without them is an error with its line."
    )
    func scores() throws {
        let folder = try TemporaryFolder()
        let good = """
            {"query_id": "q", "positive_ids": ["a", "b"], "negative_ids": ["c", "d"], "scores": [4, 3, 2, 1]}
            {"anchor": "query", "positive": "a", "negative_1": "c", "negative_2": "d", "scores": [9, 8, 7]}

            """
        let bad = """
            {"query_id": "q", "positive_ids": ["a"], "negative_ids": ["c"]}
            {"anchor": "query", "positive": "a", "negative": "c", "score": 2.5}
            """
        func read(_ text: String, requiringScores: Bool) throws -> [[Double]?] {
            try TrainingRowReader.triplets(
                folder.write("n.jsonl", text), requiringScores: requiringScores, queryID: { $0 }, documentID: { $0 }
            ).map(\.scores)
        }
        #expect(try read(good, requiringScores: true) == [[4, 2, 1], [3, 2, 1], [9, 8, 7]])
        #expect(try read(bad, requiringScores: false) == [nil, nil])
        let errors = try #require(throws: InputErrors.self) { try read(good + bad, requiringScores: true) }
        #expect(errors.errors.map(\.line) == [3, 4])
        #expect(errors.errors.map(\.problem)[0].hasPrefix("no scores"))
        #expect(errors.errors.map(\.problem)[1].hasPrefix("1 scores for 2 documents"))
        #expect(errors.errors.allSatisfy { $0.remedy.contains("--output-scores") })
    }
}
