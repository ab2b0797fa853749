import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy evaluate for people", .tags(.endToEnd))
struct EvaluationTableTests {
    /// A run that answers 24 of 26 queries right, one of them and one other the baseline too; of the last query both are equally wrong.
    private func call(_ folder: TemporaryFolder) throws -> [String] {
        var (old, new, qrels) = ("", "", "query-id\tcorpus-id\tscore\n")
        for query in 0..<26 {
            let (before, after) = (query == 0 || query == 24, query < 24)
            for (place, id) in ["x", "good", "y", "z"].enumerated() {
                let first = id == "good"
                old += "q\(query) Q0 \(id) 1 \(first && before ? 9 : 4 - place) b\n"
                new += "q\(query) Q0 \(id) 1 \(first && after ? 9 : 4 - place) a\n"
            }
            qrels += "q\(query)\tgood\t1\n"
        }
        let files = [try folder.write("新しい.trec", new), try folder.write("before.trec", old)]
        return ["evaluate"] + files + [
            "--qrels", try folder.write("qrels.tsv", qrels), "--baseline", files[1], "-m", "RR nDCG@10",
        ]
    }

    @Test(
        "A table marks significant differences, shows the changes of the queries, and explains itself, without escape codes."
    )
    func plain() throws {
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run(try call(folder))
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(!outcome.output.contains("\u{1B}"))
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "run            RR    nDCG@10  queries  missing", "\(outcome.output)")
        #expect(lines.contains("新しい  0.9615***  0.9716***       26        0"), "\(outcome.output)")
        #expect(lines.contains("before  0.5385     0.6593          26        0"), "\(outcome.output)")
        let histogram = "▁·······│·······█"
        #expect(
            lines.contains { $0.hasPrefix("RR       新しい        23/2/1") && $0.hasSuffix(histogram) },
            "\(outcome.output)")
        #expect(
            outcome.output.contains(
                "***: p below 0.05, 0.01, 0.001 (paired t-test, Holm's correction for 2 comparisons)"))
        #expect(outcome.output.contains("differences from before over 26 queries"))
    }

    @Test("Only a terminal gets colours, and none with NO_COLOR, in a file or in JSON.")
    func colours() throws {
        let folder = try TemporaryFolder()
        let call = try call(folder)
        func shown(_ options: [String] = [], _ environment: [String: String] = ["TERM": "xterm", "NO_COLOR": ""]) throws
            -> String
        {
            let terminal = try PseudoTerminal()
            let process = try DecoyProcess(
                call + options, environment: environment, input: FileHandle.nullDevice, output: terminal.end)
            let text = try terminal.readToEnd()
            #expect(try process.finish().status == 0)
            return text
        }
        let coloured = try shown()
        #expect(coloured.contains("\u{1B}[1m0.9615\u{1B}[0m\u{1B}[32m***\u{1B}[0m"), "\(coloured)")
        #expect(coloured.contains("bold: the best value"))
        let plain = try DecoyProcess.run(call).output
        #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "").replacing("; bold: the best value", with: "") == plain)
        #expect(try shown([], ["TERM": "xterm", "NO_COLOR": "1"]) == plain)
        #expect(try shown([], ["TERM": "dumb", "NO_COLOR": ""]) == plain)
        for format in ["json", "markdown"] {
            let text = try shown(["--output-format", format])
            #expect(!text.isEmpty && !text.contains("\u{1B}"))
        }
        _ = try shown(["-o", folder.path("out.txt")])
        #expect(try String(contentsOfFile: folder.path("out.txt"), encoding: .utf8) == plain)
    }

    @Test("In Markdown stars are stars, and the best value is bold.")
    func markdown() throws {
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run(try call(folder) + ["--output-format", "markdown"])
        #expect(outcome.output.contains("| 新しい | **0.9615\\*\\*\\*** |"), "\(outcome.output)")
        #expect(outcome.output.contains("| before | 0.5385 |"))
    }

    @Test("Runs without a baseline have no marks, no comparison and no legend.")
    func alone() throws {
        let folder = try TemporaryFolder()
        let call = try call(folder)
        let outcome = try DecoyProcess.run(Array(call.prefix(5)))
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(!outcome.output.contains("*") && !outcome.output.contains("│") && !outcome.output.contains("legend"))
    }
}
