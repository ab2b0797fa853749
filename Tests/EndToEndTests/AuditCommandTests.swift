import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy audit and the estimate of false negatives", .tags(.endToEnd))
struct AuditCommandTests {
    @Test("The audit prints a row a filter, the same on any number of threads, and saves an estimate that mine takes.")
    func audit() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let audit = ["audit", shared.index, "--queries", shared.queries, "--qrels", shared.train]
        let table = try DecoyProcess.run(audit)
        #expect(table.status == 0, "\(table.messages)")
        for row in [
            "exact duplicates", "near duplicates from 0.8", "relative margin 0.05", "absolute margin 1.0",
            "estimate, recall 0.85", "standard coefficients", "defaults of mine",
        ] {
            #expect(table.output.contains(row), "\(row)")
        }
        let taught = try DecoyProcess.run(audit + ["--teacher", shared.run, "--judged", shared.train])
        #expect(taught.output.contains("teacher ") && taught.output.contains("judgedRelevant "), "\(taught.messages)")
        let one = try DecoyProcess.run(audit + ["--json", "--threads", "1", "--save-estimate", folder.path("e.json")])
        #expect(one.status == 0, "\(one.messages)")
        #expect(try DecoyProcess.run(audit + ["--json", "--threads", "2"]).output == one.output)
        let report = try JSONNode(one.output)
        for row in report["rows"].items {
            let share = row["hiddenKeptOut50"].number ?? -1
            #expect(share >= 0 && share <= 1)
        }
        let mined = try DecoyProcess.run([
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-",
            "--max-false-negative-probability", "auto", "--estimate", folder.path("e.json"),
        ])
        #expect(mined.status == 0, "\(mined.messages)")
    }

    @Test("mine with a limit says each candidate's probability, and the report what the estimate is.")
    func mine() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run([
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", folder.path("n.jsonl"),
            "--relative-margin", "-1", "--max-false-negative-probability", "0.01", "--explain", folder.path("f.jsonl"),
            "--report", folder.path("r.json"),
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let fates = try JSONNode.lines(String(contentsOfFile: folder.path("f.jsonl"), encoding: .utf8))
        for fate in fates where fate["fate"].text != "positive" {
            let probability = try #require(fate["falseNegativeProbability"].number)
            #expect((probability > 0.01) == (fate["fate"].text == "falseNegativeProbability"), "\(probability)")
        }
        let report = try JSONNode(file: folder.path("r.json"))
        #expect(report["falseNegativeEstimate"]["limit"].number == 0.01)
        #expect(!report["falseNegativeEstimate"]["features"].items.isEmpty)
    }

    @Test("Wrong calls and files are named.", .tags(.fault))
    func wrong() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let mine = ["mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-"]
        let broken = try folder.write("broken.json", #"{"limit": 3"#)
        let single = try folder.write("single.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n")
        let auto = ["--max-false-negative-probability", "auto"]
        for (arguments, status, message) in [
            (mine + ["--max-false-negative-probability", "1.5"], 64, "max-false-negative-probability"),
            (mine + ["--estimate", broken, "--max-false-negative-probability", "off"], 64, "no meaning"),
            (mine + auto + ["--false-negative-recall", "2"], 64, "more than 0"),
            (mine + auto + ["--estimate", broken], 2, "broken.json"),
            (mine + auto + ["--estimate", folder.path("none.json")], 4, "none.json"),
            (mine + auto + ["--estimate-vectors", shared.vectors], 64, "go together"),
            (["audit", shared.index, "--queries", shared.queries, "--qrels", single], 2, "no query has two positives"),
            (["audit", shared.vectors, "--queries", shared.queries, "--qrels", shared.train], 64, "model"),
        ] as [([String], Int32, String)] {
            let outcome = try DecoyProcess.run(arguments)
            #expect(outcome.status == status && outcome.messages.contains(message), "\(arguments): \(outcome.messages)")
        }
    }
}
