import DecoyTestSupport
import RetrievalData
import Testing

@Suite("Merging of runs")
struct RunMergeTests {
    private func merge(_ runs: [String], k: Int = 10, queries: [QueryID]? = nil) throws -> String {
        let folder = try TemporaryFolder()
        let paths = try runs.enumerated().map { try folder.write("\($0.offset).trec", $0.element) }
        var text = ""
        try RunMerge(paths, queries: queries).write(k: k) { text += String(decoding: $0, as: UTF8.self) }
        return text
    }

    @Test("Scores keep their text; ties stand by id, descending; ranks are counted anew.")
    func lines() throws {
        let merged = try merge(
            ["q1 Q0 a 1 2.50 x\nq1 Q0 b 2 1e-3 x\n", "q1 Q0 c 1 2.5 x\nq1 Q0 d 2 0.5 x\nq2 Q0 c 1 1 x\n"], k: 3)
        #expect(merged == "q1 Q0 c 1 2.5 x\nq1 Q0 a 2 2.50 x\nq1 Q0 d 3 0.5 x\nq2 Q0 c 1 1 x\n")
    }

    @Test("Queries stand in an order that agrees with every run, whatever the order of the runs.")
    func order() throws {
        let (a, b) = ("q9 Q0 a 1 1 x\nq1 Q0 a 1 1 x\n", "q9 Q0 b 1 2 x\nq5 Q0 b 1 1 x\nq1 Q0 b 1 2 x\n")
        let expected = "q9 Q0 b 1 2 x\nq9 Q0 a 2 1 x\nq5 Q0 b 1 1 x\nq1 Q0 b 1 2 x\nq1 Q0 a 2 1 x\n"
        #expect(try merge([a, b]) == expected)
        #expect(try merge([b, a]) == expected)
        #expect(try merge([b, a, ""], queries: ["q9", "q7", "q5", "q1"]) == expected)
    }

    @Test("Hits of JSON lines stay as they are written, explanations, brackets and all; queries without hits stay.")
    func jsonLines() throws {
        let merged = try merge(
            [
                #"{"hits":[{"id":"a","score":2.50,"explanation":{"t":["]}"]}}],"query_id":"q1"}"# + "\n"
                    + #"{"hits":[],"query_id":"q2"}"#,
                #"{"hits":[{"id":"b\"]","score":2.5},{"id":"c","score":1e0}],"query_id":"q1"}"# + "\n"
                    + #"{"hits":[],"query_id":"q2"}"# + "\n",
            ], k: 2)
        #expect(
            merged
                == #"{"hits":[{"id":"b\"]","score":2.5},{"id":"a","score":2.50,"explanation":{"t":["]}"]}}],"query_id":"q1"}"#
                + "\n" + #"{"hits":[],"query_id":"q2"}"# + "\n")
        #expect(throws: InputErrors.self) { try merge([#"{"hits":[],"query_id":"q2"}"#, "q Q0 a 1 1 x"]) }
        #expect(throws: InputErrors.self) { try merge([#"{"hits":[{"id":"a"}],"query_id":"q2"}"#]) }
    }

    @Test("A document of two runs, queries in contradicting orders, and lines without scores are refused.")
    func refusals() throws {
        #expect(throws: InputErrors.self) { try merge(["q Q0 a 1 1 x\n", "q Q0 a 1 1 x\n"]) }
        #expect(throws: InputErrors.self) {
            try merge(["p Q0 a 1 1 x\nq Q0 a 1 1 x\n", "q Q0 b 1 1 x\np Q0 b 1 1 x\n"])
        }
        #expect(throws: InputErrors.self) { try merge(["q\ta\t1\n"]) }
        #expect(throws: InputErrors.self) { try merge(["p Q0 a 1 1 x\nq Q0 a 1 1 x\np Q0 b 1 1 x\n"]) }
        #expect(throws: InputErrors.self) { try merge(["q Q0 a 1 nan x\n"]) }
    }

    /// A line of a run, and where it is from.
    private struct Line {
        var query: Int
        var document: ScoredDocument
        var text: String
    }

    /// Runs of random lines: scores with ties, ids of all kinds, lists in or out of order, columns between all sorts of blanks.
    private func randomRuns(_ random: inout SeededGenerator, ordered: Bool) -> [[Line]] {
        let ids = (0..<40).map { ["d\($0)", "ä\($0)", "a-long-identifier-\($0)"][$0 % 3] }
        return (0..<Int.random(in: 1...5, using: &random)).map { run in
            (0..<6).flatMap { query in
                var lines = ids.indices.filter { $0 % 5 == run && Int.random(in: 0..<3, using: &random) > 0 }.map {
                    let score = Double(Int.random(in: -3...3, using: &random)) / 2
                    let text = ["\(score)", "\(score)0", "\(score)e0"].randomElement(using: &random) ?? ""
                    return Line(query: query, document: ScoredDocument(id: ids[$0], score: score), text: text)
                }
                if ordered { lines.sort { $0.document.precedes($1.document) } }
                return lines
            }
        }
    }

    @Test("The merged run is that of sorting all lines of each query, whatever the order within them.")
    func reference() throws {
        for seed in 0..<40 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let runs = randomRuns(&random, ordered: seed % 2 == 0)
            let k = Int.random(in: 1...12, using: &random)
            var expected = ""
            for query in 0..<6 {
                let lines = runs.joined().filter { $0.query == query }.sorted { $0.document.precedes($1.document) }
                for (place, line) in lines.prefix(k).enumerated() {
                    expected += "q\(query) Q0 \(line.document.id) \(place + 1) \(line.text) x\n"
                }
            }
            let files = runs.map { lines in
                lines.map { line in
                    let blank = Int.random(in: 0..<5, using: &random) == 0 ? "\t " : " "
                    return "q\(line.query) Q0\(blank)\(line.document.id) 1 \(line.text)\(blank)x\n"
                }.joined()
            }
            #expect(try merge(files, k: k, queries: (0..<6).map { "q\($0)" }) == expected, "seed \(seed)")
        }
    }

    @Test("Lists cut short give the best documents or leave a query open; searched again, they give the best always.")
    func rounds() throws {
        let folder = try TemporaryFolder()
        func write(_ name: String, _ lines: [Line]) throws -> String {
            try folder.write(
                name, lines.map { "q\($0.query) Q0 \($0.document.id) 1 \($0.text) x\n" }.joined())
        }
        var (certain, open) = (0, 0)
        for seed in 0..<60 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let runs = randomRuns(&random, ordered: true)
            let k = Int.random(in: 1...12, using: &random)
            let depth = Int.random(in: 1...6, using: &random)
            func cut(_ lines: [Line], _ k: Int) -> [Line] {
                (0..<6).flatMap { query in lines.filter { $0.query == query }.prefix(k) }
            }
            func text(_ merge: RunMerge) throws -> [String] {
                var lines: [String] = []
                try merge.write(k: k) { lines.append(String(decoding: $0, as: UTF8.self)) }
                return lines
            }
            let names = (0..<6).map { "q\($0)" }
            let whole = try text(
                RunMerge(try runs.enumerated().map { try write("w\($0).trec", cut($1, k)) }, queries: names))
            let short = try runs.enumerated().map { try write("s\($0).trec", cut($1, depth)) }
            let first = try RunMerge(short, depth: depth, queries: names)
            let unsure = Set(try first.unsure(k: k))
            (certain, open) = (certain + 6 - unsure.count, open + unsure.count)
            if k <= depth { #expect(unsure.isEmpty, "seed \(seed)") }
            if unsure.isEmpty {
                #expect(try text(first) == whole, "seed \(seed)")
            } else {
                #expect(throws: InputErrors.self, "seed \(seed)") { try text(first) }
            }
            // The documents of a query that is certain are the best, and a query that need not be open is not.
            let best = Dictionary(grouping: whole) { $0.prefix { $0 != " " } }
            let blind = try text(RunMerge(short, queries: names))
            for lines in blind where !unsure.contains(String(lines.prefix { $0 != " " })) {
                #expect(best[lines.prefix { $0 != " " }] == [lines], "seed \(seed)")
            }
            let again = try runs.enumerated().map { number, lines in
                try write("a\(number).trec", cut(lines.filter { unsure.contains("q\($0.query)") }, k))
            }
            let both = try RunMerge(short, depth: depth, again: again.shuffled(using: &random), queries: names)
            #expect(try both.unsure(k: k).isEmpty, "seed \(seed)")
            #expect(try text(both) == whole, "seed \(seed)")
        }
        #expect(certain > 60 && open > 60, "\(certain) certain, \(open) open")
    }
}
