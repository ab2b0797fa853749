import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy experiment", .tags(.endToEnd))
struct ExperimentCommandTests {
    @Test(
        "The whole job leaves results, reports, runs, negatives and models, and the runs have the figures of the results."
    )
    func wholeJob() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let out = folder.path("out")
        let outcome = try DecoyProcess.run(
            ["experiment", shared.dataset, "-o", out, "--seeds", "2"] + Prepared.quickExperiment)
        #expect(outcome.status == 0, "\(outcome.messages)")
        for name in ["BM25", "untrained", "before", "control", "after", "hybrid"] {
            #expect(outcome.output.contains(name), "the table on the terminal has \(name)")
        }
        let names = Set(try FolderContents(out).files.keys)
        #expect(
            names.isSuperset(of: ["results.json", "report.md", "report.html", "negatives.jsonl", "runs/bm25.trec"]))
        #expect(names.isSuperset(of: ["models/before/modules.json", "models/after/modules.json"]))
        let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
        #expect(!page.contains("http://") && !page.contains("https://"), "the report needs nothing from elsewhere")

        let results = try JSONNode(file: out + "/results.json")
        #expect(results["dataset"].text == "sample" && results["split"].text == "test")
        #expect(results["seeds"].items.compactMap(\.number) == [1, 2])
        #expect(results["systems"].keys == ["bm25", "untrained", "before", "control", "after", "hybrid"])
        #expect(results["timings"]["index"].number != nil)
        #expect(results["mining"]["negatives"].number != nil)
        for comparison in results["comparisons"].items {
            #expect(comparison.keys.isSuperset(of: ["baseline", "run", "measure", "difference", "p"]))
            #expect((0...1).contains(comparison["p"].number ?? -1))
        }
        let compared = results["comparisons"].items.map { ($0["baseline"].text ?? "") + " " + ($0["run"].text ?? "") }
        #expect(Set(compared).isSuperset(of: ["before after", "control after"]))

        for run in names.filter({ $0.hasPrefix("runs/") }).sorted() {
            let parts = run.dropFirst("runs/".count).split(separator: ".")
            let system = results["systems"][String(parts[0])]
            let seed = parts.count == 3 ? (Int(parts[1].dropFirst("seed".count)) ?? 0) : 1
            let evaluation = try DecoyProcess.run([
                "evaluate", out + "/" + run, "--qrels", shared.test, "-m", "RR@10 nDCG@10 R@100", "--output-format",
                "json",
            ])
            #expect(evaluation.status == 0, "\(evaluation.messages)")
            let figures = try JSONNode(evaluation.output)["runs"][0]["measures"]
            for measure in ["RR@10", "nDCG@10", "R@100"] {
                let expected = try #require(system["perSeed"][seed - 1][measure].number, "\(run) \(measure)")
                #expect(abs((figures[measure].number ?? .nan) - expected) < 1e-9, "\(run) \(measure)")
            }
        }
    }
}
