import DecoyTestSupport
import RetrievalData
import Testing

struct QrelsTests {
    @Test("Judgements are those of a dictionary of dictionaries, also where ids are canonically equivalent.")
    func dictionaries() {
        var generator = SeededGenerator(seed: 64)
        var qrels = Qrels()
        var expected: [QueryID: [DocumentID: Int]] = [:]
        var order: [QueryID] = []
        for _ in 0..<3_000 {
            let query = RandomRunFile.ids.randomElement(using: &generator) ?? ""
            let document = RandomRunFile.ids.randomElement(using: &generator) ?? ""
            let grade = Int.random(in: -1...3, using: &generator)
            if expected[query] == nil { order.append(query) }
            let old = expected[query, default: [:]].updateValue(grade, forKey: document)
            #expect(qrels.judge(query: query, document: document, grade: grade) == old)
        }
        #expect(qrels.queryIDs == order)
        #expect(qrels.count == expected.values.reduce(0) { $0 + $1.count })
        for query in RandomRunFile.ids {
            #expect(qrels[query] == expected[query] ?? [:])
            #expect(
                qrels[query].keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
                    == (expected[query] ?? [:]).keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
            for document in RandomRunFile.ids {
                #expect(qrels.grade(query: query, document: document) == expected[query]?[document])
            }
        }
    }

    @Test("Qrels are equal where their queries and grades are, whatever the order of a query's judgements.")
    func equality() {
        func qrels(_ rows: [(String, String, Int)]) -> Qrels {
            var qrels = Qrels()
            for (query, document, grade) in rows { qrels.judge(query: query, document: document, grade: grade) }
            return qrels
        }
        let one = qrels([("q", "a", 1), ("q", "b", 0), ("r", "a", 2)])
        let same = qrels([("q", "b", 3), ("q", "a", 1), ("r", "a", 2), ("q", "b", 0)])
        #expect(one == same && one.hashValue == same.hashValue)
        #expect(one != qrels([("r", "a", 2), ("q", "a", 1), ("q", "b", 0)]))
        #expect(one != qrels([("q", "a", 1), ("q", "b", 1), ("r", "a", 2)]))
        #expect(one != qrels([("q", "a", 1), ("r", "b", 0), ("r", "a", 2)]))
    }

    @Test("Files of judgements are read alike in any layout, and their lines may stand in any order.")
    func files() throws {
        var generator = SeededGenerator(seed: 65)
        let folder = try TemporaryFolder()
        var expected = Qrels()
        var rows: [(String, String, Int)] = []
        for query in RandomRunFile.ids.prefix(20) {
            for document in RandomRunFile.ids.prefix(50).shuffled(using: &generator).prefix(5) {
                rows.append((query, document, Int.random(in: -1...2, using: &generator)))
            }
        }
        rows.shuffle(using: &generator)
        rows = rows.filter { expected.judge(query: $0.0, document: $0.1, grade: $0.2) == nil }
        let trec = rows.map { "\($0.0) 0 \($0.1)  \($0.2)\r\n" }.joined()
        let beir = "query-id\tcorpus-id\tscore\n\n" + rows.map { "\($0.0)\t\($0.1)\t\($0.2)\n" }.joined()
        #expect(try QrelsReader.read(folder.write("t", trec)) == expected, "seed \(generator.seed)")
        #expect(try QrelsReader.read(folder.write("b.tsv", beir)) == expected, "seed \(generator.seed)")
        #expect(try QrelsReader.read(folder.write("t.gz", StoredArchives.gzip(Array(trec.utf8)))) == expected)
        let twice = try folder.write("twice", "q 0 é 1\nq 0 a 1\nq 0 e\u{301} 1\nq 0 b +2\n")
        let errors = try #require(throws: InputErrors.self) { try QrelsReader.read(twice) }
        #expect(errors.errors.map(\.line) == [3])
    }
}
