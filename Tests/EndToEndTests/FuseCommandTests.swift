import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy fuse", .tags(.endToEnd))
struct FuseCommandTests {
    private let first = "q1 Q0 a 1 3 x\nq1 Q0 b 2 1 x\nq2 Q0 c 1 5 x\n"
    private let second = "q1 Q0 b 1 0.5 y\nq1 Q0 c 2 0.25 y\nq3 Q0 a 1 1 y\n"

    private func runs(_ folder: TemporaryFolder) throws -> [String] {
        [try folder.write("one.trec", first), try folder.write("two.trec", second)]
    }

    @Test(
        "Reciprocal ranks, weights and combinations are written in the total order, with what the runs lack on stderr.")
    func methods() throws {
        let folder = try TemporaryFolder()
        let runs = try runs(folder)
        func fuse(_ options: String) throws -> String {
            let outcome = try DecoyProcess.run(["fuse"] + runs + options.split(separator: " ").map(String.init))
            #expect(outcome.status == 0, "\(outcome.messages)")
            #expect(outcome.messages == "3 queries of 2 runs; one lacks 1, two lacks 1\n")
            return outcome.output
        }
        #expect(
            try fuse("--rrf-constant 0 --depth 1") == """
                q1 Q0 b 1 1.0 rrf
                q1 Q0 a 2 1.0 rrf
                q2 Q0 c 1 1.0 rrf
                q3 Q0 a 1 1.0 rrf

                """)
        #expect(
            try fuse("--weights 1,3 --normalization maximum -k 2 --tag t") == """
                q1 Q0 b 1 3.3333333333333335 t
                q1 Q0 c 2 1.5 t
                q2 Q0 c 1 1.0 t
                q3 Q0 a 1 3.0 t

                """)
        #expect(try fuse("--method combmnz --normalization none").hasPrefix("q1 Q0 b 1 3.0 combmnz\nq1 Q0 a 2 3.0 "))
        #expect(try fuse("--output-format msmarco -k 1") == "q1\tb\t1\nq2\tc\t1\nq3\ta\t1\n")
        let hits = try JSONNode.lines(try fuse("--output-format jsonl --method combmax --normalization none"))
        #expect(hits.map { $0["query_id"].text } == ["q1", "q2", "q3"])
        #expect(hits[0]["hits"][0]["id"].text == "a" && hits[0]["hits"][0]["score"].number == 3)
        let file = folder.path("out.trec")
        let written = try DecoyProcess.run(["fuse"] + runs + ["-o", file, "--json", "--quiet"])
        #expect(written.status == 0 && written.messages.isEmpty)
        let summary = try JSONNode(written.output)
        #expect(summary["queries"].number == 3 && summary["documents"].number == 5)
        #expect(summary["runs"][1]["missing"].number == 1 && summary["fusion"]["method"].text == "rrf")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == fuse(""))
    }

    /// Two runs: the first is right about half of the queries with clear scores, the second about the others.
    private func judged(_ folder: TemporaryFolder) throws -> (runs: [String], qrels: String) {
        var (one, two, qrels) = ("", "", "query-id\tcorpus-id\tscore\n")
        for query in 0..<20 {
            let right = query % 3 != 0
            one += "q\(query) Q0 good 1 \(right ? 9 : 1) x\nq\(query) Q0 bad 2 \(right ? 1 : 2) x\n"
            one += "q\(query) Q0 low 3 0 x\n"
            two += "q\(query) Q0 good 1 \(right ? 0.1 : 0.9) y\nq\(query) Q0 bad 2 0.2 y\nq\(query) Q0 low 3 0 y\n"
            qrels += "q\(query)\tgood\t1\n"
        }
        return (
            [try folder.write("one.trec", one), try folder.write("two.trec", two)], try folder.write("dev.tsv", qrels)
        )
    }

    @Test("--tune saves the best of what is left open, --tuned applies it, and the result depends on the seed alone.")
    func tune() throws {
        let folder = try TemporaryFolder()
        let (runs, qrels) = try judged(folder)
        let file = folder.path("fusion.json")
        let call = ["fuse"] + runs + ["--tune", "--qrels", qrels, "-m", "RR", "--folds", "4"]
        let tuned = try DecoyProcess.run(call + ["--output-tuned", file, "-o", folder.path("fused.trec")])
        #expect(tuned.status == 0, "\(tuned.messages)")
        #expect(tuned.output.contains("weighted, min-max") && tuned.output.contains("held out, 4 folds"))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(try DecoyProcess.run(call + ["--json", "--threads", "1"]).output == text)
        let saved = try JSONNode(text)
        let means = saved["systems"].items.compactMap { $0["mean"].number }
        #expect(saved["value"].number == means.max() && saved["runs"].items.map(\.text) == ["one", "two"])
        #expect(saved["split"].text == "dev" && saved["queries"].number == 20 && saved["measure"].text == "RR")
        #expect(saved["crossValidation"]["folds"].number == 4)
        #expect(saved["systems"].items.prefix(2).map { $0["name"].text } == ["one", "two"])

        let applied = try DecoyProcess.run(["fuse"] + runs + ["--tuned", file])
        #expect(applied.status == 0, "\(applied.messages)")
        #expect(try applied.output == String(contentsOfFile: folder.path("fused.trec"), encoding: .utf8))
        let measured = try DecoyProcess.run(
            ["evaluate", folder.path("fused.trec"), "--qrels", qrels, "-m", "RR", "--output-format", "json"])
        #expect(try JSONNode(measured.output)["runs"][0]["measures"]["RR"].number == saved["value"].number)

        let narrow = try DecoyProcess.run(call + ["--method", "combmnz", "--normalization", "z-score", "--json"])
        #expect(narrow.status == 0, "\(narrow.messages)")
        let choice = try JSONNode(narrow.output)["fusion"]
        #expect(choice["method"].text == "combmnz" && choice["normalization"].text == "z-score")
        #expect(!choice.keys.contains("weights"))
    }

    @Test("A test split is refused with the remedy unless forced, and judgements of other queries are a data error.")
    func testSplit() throws {
        let folder = try TemporaryFolder()
        let (runs, qrels) = try judged(folder)
        let test = try folder.write("test.tsv", try String(contentsOfFile: qrels, encoding: .utf8))
        let call = ["fuse"] + runs + ["--tune", "--folds", "0", "--output-tuned", folder.path("t.json"), "--qrels"]
        let refused = try DecoyProcess.run(call + [test])
        #expect(refused.status == 64 && refused.messages.contains("or add --force"), "\(refused.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("t.json")))
        #expect(try DecoyProcess.run(call + [test, "--force"]).status == 0)
        let other = try DecoyProcess.run(call + [try Prepared.shared().train])
        #expect(other.status == 2 && other.messages.contains("none of its queries is in a run"), "\(other.messages)")
    }

    @Test("Faulty calls and files end with their exit codes and leave no output.")
    func faults() throws {
        let folder = try TemporaryFolder()
        let runs = try runs(folder)
        let qrels = try folder.write("dev.tsv", "q1 0 a 1\n")
        let huge = try folder.write("huge.trec", "q1 Q0 a 1 1.7e308 x\n")
        let broken = try folder.write("broken.json", #"{"fusion": {}}"#)
        func saved(_ fusion: String) throws -> String {
            try folder.write("\(fusion.count).json", #"{"fusion": {\#(fusion)}, "runs": ["a", "b"]}"#)
        }
        let rules = #""method": "weighted", "normalization": "min-max", "constant": 60, "weights": "#
        let output = folder.path("out")
        for (options, status, fragment) in [
            ([runs[0]], 64, "two runs or more"), (["-", "-"], 64, "only once"),
            (runs + ["--weights", "1"], 64, "number of weights (1)"),
            (runs + ["--weights", "1,x"], 64, "a number for each run"),
            (runs + ["--weights", "0,0"], 64, "above 0"),
            (runs + ["--weights", "1,1", "--method", "combmnz"], 64, "takes no weights"),
            (runs + ["--method", "rrf", "--normalization", "sum"], 64, "no meaning"),
            (runs + ["--method", "best"], 64, "combmed"),
            (runs + ["--method", "combsum", "--rrf-constant", "1"], 64, "rrf"),
            (runs + ["--rrf-constant=-1"], 64, "-1"), (runs + ["--depth", "0"], 64, "depth is 0"),
            (runs + ["-k", "0"], 64, "give 1 or more"), (runs + ["--tune"], 64, "go together"),
            (runs + ["--tune", "--qrels", qrels, "--weights", "1,1"], 64, "leave out"),
            (runs + ["--tune", "--qrels", qrels, "--folds", "1"], 64, "0 (none)"),
            (runs + ["--seed", "3"], 64, "go with --tune"),
            (runs + ["--tune", "--qrels", qrels, "-m", "nDGC"], 64, "known measures"),
            (runs + ["--tuned", broken, "-k", "3"], 2, "not a file of a tuned fusion"),
            (runs + ["--tuned", try saved(rules + "[1]")], 2, "number of weights (1)"),
            (runs + ["--tuned", try saved(rules + "[1, -2]")], 2, "0 or more"),
            (runs + [runs[0], "--tuned", try saved(rules + "[1, 2]")], 64, "2 runs (a, b), and 3 are given"),
            (runs + ["--tuned", broken, "--depth", "3"], 64, "leave out --method"),
            (runs + ["--tuned", folder.path("none.json")], 4, "none.json"),
            ([runs[0], folder.path("none.trec")], 4, "none.trec"),
            ([huge, huge, "--method", "combsum", "--normalization", "none"], 2, "too large"),
        ] {
            let outcome = try DecoyProcess.run(["fuse"] + options + ["-o", output])
            #expect(outcome.status == Int32(status), "\(options): \(outcome.messages)")
            #expect(outcome.messages.contains(fragment), "\(options): \(outcome.messages)")
            #expect(outcome.output.isEmpty && !FileManager.default.fileExists(atPath: output))
        }
    }
}
