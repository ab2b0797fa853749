import DecoyTestSupport
import Foundation
import Testing

@Suite("Hybrid searches", .tags(.endToEnd))
struct HybridCommandTests {
    @Test("tune --dense saves the best fusion, search --tuned takes it up, and the result does not depend on threads.")
    func tunedFusion() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let vectors = ["--dense", shared.vectors, "--model", shared.model]
        let file = folder.path("hybrid.json")
        let call = ["tune", shared.index, shared.dataset, "--split", "train", "-m", "nDCG@5"] + vectors
        let tuned = try DecoyProcess.run(call + ["-o", file])
        #expect(tuned.status == 0, "\(tuned.messages)")
        #expect(tuned.output.contains("weighted, z-score") && tuned.output.contains(" *"), "\(tuned.output)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(try DecoyProcess.run(call + ["--threads", "1", "--json"]).output == text)
        let saved = try JSONNode(text)
        let value = try #require(saved["value"].number)
        let means = try (2..<6).map { try #require(saved["systems"][$0]["mean"].number) }
        #expect(value == means.max() && saved["split"].text == "train" && saved["measure"].text == "nDCG@5")
        let search = ["search", shared.index, "--queries", shared.queries] + vectors
        var options = ["--fuse", try #require(saved["fusion"]["kind"].text)]
        if let weight = saved["fusion"]["denseWeight"].number { options += ["--dense-weight", "\(weight)"] }
        if let name = saved["fusion"]["normalization"].text { options += ["--normalization", name] }
        let byHand = try DecoyProcess.run(search + options)
        #expect(byHand.status == 0, "\(byHand.messages)")
        #expect(try DecoyProcess.run(search + ["--tuned", file]).output == byHand.output)
        let other = try DecoyProcess.run(search + ["--tuned", file, "--fuse", "rrf"])
        #expect(try DecoyProcess.run(search + ["--fuse", "rrf"]).output == other.output)
    }

    @Test("What does not go together is a usage error, and a broken file of a fusion a data error.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let vectors = ["--dense", shared.vectors, "--model", shared.model]
        let negative = try folder.write(
            "negative.json",
            #"{"similarity": {"variant": "lucene", "k1": 1, "b": 0.5}, "fusion": {"kind": "weighted", "denseWeight": -1}}"#
        )
        let tune = ["tune", shared.index, shared.dataset, "--split", "train"]
        for (call, status, fragment) in [
            (["search", shared.index, "x", "--normalization", "min-max"], 64, "go with --dense"),
            (["search", shared.index, "x", "--normalization", "none", "--fuse", "rrf"] + vectors, 64, "no meaning"),
            (["search", shared.index, "x", "--tuned", negative] + vectors, 2, "fusion.denseWeight is -1"),
            (tune + ["--model", shared.model], 64, "go with --dense"),
            (tune + ["--k1-grid", "1"] + vectors, 64, "tune it first"),
            (tune + ["--dense", shared.vectors], 64, "--model"),
            (tune + ["--dense", shared.model, "--model", shared.model], 64, "vector folder is needed"),
        ] {
            let outcome = try DecoyProcess.run(call)
            #expect(outcome.status == Int32(status), "\(call): \(outcome.messages)")
            #expect(outcome.messages.contains(fragment), "\(call): \(outcome.messages)")
        }
    }

    @Test("A document that was deleted from the index does not come back through its vector; others keep their places.")
    func deleted() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        let gone = ["bank-river-0", "bank-river-2", "bat-river-1"]
        let ids = try folder.write("ids.txt", gone.joined(separator: "\n"))
        #expect(try DecoyProcess.run(["index", shared.corpus, "-o", index, "-q"]).status == 0)
        let hybrid = ["--dense", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "500"]
        let dense = ["search", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "500"]
        let all = try DecoyProcess.run(dense)
        #expect(all.status == 0 && all.output.contains("bank-river-0"))
        #expect(try DecoyProcess.run(["index", "-o", index, "--delete", ids, "-q"]).status == 0)
        for fusion in [["--fuse", "rrf"], []] {
            let outcome = try DecoyProcess.run(["search", index] + hybrid + fusion)
            #expect(outcome.status == 0, "\(outcome.messages)")
            let found = outcome.output.split(separator: "\n").map { $0.split(separator: " ")[2] }
            #expect(!found.isEmpty && !gone.contains { found.contains(Substring($0)) })
            #expect(Set(found).count == 37)
        }
        let other = try folder.write("other.jsonl", #"{"_id": "other", "text": "bank of a river"}"# + "\n")
        #expect(try DecoyProcess.run(["index", other, "-o", index, "--force", "-q"]).status == 0)
        let outcome = try DecoyProcess.run(["search", index] + hybrid)
        #expect(outcome.status == 64 && outcome.messages.contains("other documents"), "\(outcome.messages)")
    }
}
