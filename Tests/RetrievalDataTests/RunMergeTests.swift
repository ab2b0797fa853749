import DecoyTestSupport
import RetrievalData
import Testing

@Suite("Merging of runs")
struct RunMergeTests {
    private func merge(_ runs: [String], k: Int = 10, queries: [QueryID]? = nil) throws -> String {
        let folder = try TemporaryFolder()
        let paths = try runs.enumerated().map { try folder.write("\($0.offset).trec", $0.element) }
        var text = ""
        try RunMerge(paths, queries: queries).write(k: k) { text += $0 }
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
}
