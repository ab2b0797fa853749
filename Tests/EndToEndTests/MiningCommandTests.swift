import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy mine", .tags(.endToEnd))
struct MiningCommandTests {
    private func mine(_ shared: Prepared, _ options: [String]) throws -> DecoyProcess.Outcome {
        try DecoyProcess.run(
            [
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-",
                "--relative-margin", "-1",
            ] + options)
    }

    @Test("Triplets, n-tuples and ids have the fields of their formats, and scores where asked for.")
    func formats() throws {
        let shared = try Prepared.shared()
        let triplets = try mine(shared, ["--num-negatives", "2", "--output-scores"])
        #expect(triplets.status == 0, "\(triplets.messages)")
        let rows = try JSONNode.lines(triplets.output)
        #expect(!rows.isEmpty)
        for row in rows { #expect(row.keys == ["anchor", "positive", "negative", "scores"]) }
        let tuples = try JSONNode.lines(
            mine(shared, ["--num-negatives", "2", "--output-format", "n-tuple"]).output)
        for row in tuples { #expect(row.keys == ["anchor", "positive", "negative_1", "negative_2"]) }
        #expect(rows.count == 2 * tuples.count)
        let ids = try JSONNode.lines(mine(shared, ["--num-negatives", "2", "--output-format", "ids"]).output)
        for row in ids {
            #expect(row.keys == ["query_id", "positive_ids", "negative_ids"])
            let positives = Set(row["positive_ids"].items.compactMap(\.text))
            let negatives = Set(row["negative_ids"].items.compactMap(\.text))
            #expect(positives.count == 2 && negatives.count == 2 && positives.isDisjoint(with: negatives))
        }
        #expect(tuples.count == 2 * ids.count)
    }

    @Test("--explain names the fate of every candidate and --report counts them.")
    func explanations() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run([
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", folder.path("n.jsonl"),
            "--explain", folder.path("fates.jsonl"), "--report", folder.path("report.json"), "--num-negatives", "2",
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try folder.files() == ["fates.jsonl", "n.jsonl", "n.jsonl.meta.json", "report.json"])
        let fates = try JSONNode.lines(String(contentsOfFile: folder.path("fates.jsonl"), encoding: .utf8))
        let report = try JSONNode(file: folder.path("report.json"))
        let kept = fates.filter { $0["fate"].text == "kept" }
        #expect(Double(kept.count) == report["negatives"].number)
        for reason in report["rejected"].keys {
            let count = fates.filter { $0["fate"].text == reason }.count
            #expect(Double(count) == report["rejected"][reason].number, "\(reason)")
        }
        #expect(fates.contains { $0["fate"].text == "positive" })
    }

    @Test("Where one of the outputs cannot be written there is none of them.", .tags(.fault))
    func allOrNothing() throws {
        let shared = try Prepared.shared()
        for option in ["--explain", "--report"] {
            let folder = try TemporaryFolder()
            let outcome = try DecoyProcess.run([
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o",
                folder.path("n.jsonl"),
                option, folder.path("missing/file"),
            ])
            #expect(outcome.status == 4, "\(outcome.messages)")
            #expect(try folder.files().isEmpty)
        }
    }
}
