import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy mine --report and --explain", .tags(.endToEnd))
struct MiningReportCommandTests {
    private func mine(_ shared: Prepared, _ folder: TemporaryFolder, _ options: [String]) throws -> DecoyProcess.Outcome
    {
        try DecoyProcess.run(
            [
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o",
                folder.path("n.jsonl"),
            ] + options)
    }

    @Test("JSON and page of one run say the same, with version, inputs, options and examples.")
    func forms() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try mine(
            shared, folder,
            [
                "--num-negatives", "2", "--report", folder.path("r.json"), "--report", folder.path("r.html"),
                "--explain", folder.path("fates.jsonl"), "--relative-margin", "0.05",
            ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let report = try JSONNode(file: folder.path("r.json"))
        for key in [
            "version", "command", "inputs", "options", "filters", "output", "judgedQueriesMissing", "fates", "ranks",
            "scoreHistogram", "relativeScoreHistogram", "queriesByNegatives", "shortest", "examples",
        ] { #expect(report.keys.contains(key), "\(key)") }
        #expect(report["inputs"].keys == ["index", "queries", "qrels"])
        let sidecar = try JSONNode(file: folder.path("n.jsonl.meta.json"))
        #expect(try report["inputs"].canonical() == sidecar["inputs"].canonical())
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n") && page.contains("<svg"))
        let example = try #require(report["examples"][0]["query"].text)
        #expect(page.contains("Query \(example)") && !page.contains("http"))

        let fates = try JSONNode.lines(String(contentsOfFile: folder.path("fates.jsonl"), encoding: .utf8))
        let candidates = fates.filter { $0["fate"].text != "positive" }
        #expect(
            report["fates"].items.reduce(0) { $0 + ($1["candidates"].number ?? 0) } == Double(candidates.count))
        for rank in report["ranks"].items {
            let own = candidates.filter { $0["rank"].number == rank["firstRank"].number }
            #expect(rank["kept"].number == Double(own.count { $0["fate"].text == "kept" }))
        }
        let rejected = try #require(fates.first { $0["fate"].text == "relativeMargin" })
        #expect(
            rejected.keys == ["query", "document", "fate", "score", "rank", "positiveScore", "margin", "evidence"])
        #expect(rejected["evidence"]["value"].number == rejected["score"].number)
        let margin = (rejected["positiveScore"].number ?? .nan) - (rejected["score"].number ?? .nan)
        #expect(rejected["margin"].number == margin)
    }

    @Test("In a mixture every line of --explain names its source, and the page has one part a source.")
    func mixture() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try mine(
            shared, folder,
            [
                "--mix", "bm25=2,dense=1,random=1", "--dense", shared.vectors, "--model", shared.model, "--report",
                folder.path("r.HTML"), "--explain", folder.path("fates.jsonl"),
            ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let fates = try JSONNode.lines(String(contentsOfFile: folder.path("fates.jsonl"), encoding: .utf8))
        #expect(Set(fates.map { $0["source"].text }) == ["bm25", "dense", "random"])
        #expect(fates.allSatisfy { $0["positiveScore"].number != nil && $0["margin"].number != nil })
        let page = try String(contentsOfFile: folder.path("r.HTML"), encoding: .utf8)
        for source in ["bm25", "dense"] { #expect(page.contains("<h3>\(source)</h3>")) }
    }

    @Test("Fates are compressed where their file ends in .zst, and gzip is refused.")
    func compressed() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        for name in ["fates.jsonl", "fates.jsonl.zst"] {
            let outcome = try mine(shared, folder, ["--explain", folder.path(name)])
            #expect(outcome.status == 0, "\(outcome.messages)")
        }
        let packed = try Data(contentsOf: URL(filePath: folder.path("fates.jsonl.zst")))
        let plain = try Data(contentsOf: URL(filePath: folder.path("fates.jsonl")))
        #expect(packed.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) && packed.count < plain.count / 4)
        let refused = try mine(shared, folder, ["--explain", folder.path("fates.gz")])
        #expect(refused.status == 64 && refused.messages.contains(".zst"), "\(refused.messages)")
    }

    @Test("A corpus that holds markup makes a page that holds text.")
    func hostile() throws {
        let folder = try TemporaryFolder()
        let evil = #"<script>alert('x')</script> & \"quotes\""#
        let corpus = try folder.write(
            "corpus.jsonl",
            (0..<6).map { #"{"_id": "<d\#($0)>", "title": "apple \#($0)", "text": "apple \#(evil) \#($0)"}"# + "\n" }
                .joined())
        let queries = try folder.write("queries.jsonl", #"{"_id": "<q>", "text": "apple 1 \#(evil)"}"# + "\n")
        let qrels = try folder.write("train.tsv", "query-id\tcorpus-id\tscore\n<q>\t<d1>\t1\n")
        #expect(try DecoyProcess.run(["index", corpus, "-o", folder.path("i")]).status == 0)
        let outcome = try DecoyProcess.run([
            "mine", folder.path("i"), "--queries", queries, "--qrels", qrels, "-o", folder.path("n"), "--report",
            folder.path("r.html"),
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;"))
        #expect(!page.contains("<script") && !page.contains("<d1>") && page.contains("&lt;d1&gt;"))
    }

    @Test("Rows of ids need no texts, and their report shows none; one path cannot be two outputs.")
    func texts() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run([
            "mine", "--from-run", shared.run, "--queries", shared.queries, "--qrels", shared.train, "-o",
            folder.path("n.jsonl"), "--output-format", "ids", "--report", folder.path("r.json"),
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let example = try JSONNode(file: folder.path("r.json"))["examples"][0]
        #expect(!example["positives"].items.isEmpty && example["positives"].items.allSatisfy { $0["text"].text == nil })
        let twice = try mine(
            shared, folder, ["--report", folder.path("same.json"), "--report", folder.path("same.json")])
        #expect(twice.status == 64 && twice.messages.contains("need a file each"), "\(twice.messages)")
    }
}
