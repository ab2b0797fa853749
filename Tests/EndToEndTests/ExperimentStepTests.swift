import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy experiment: steps, arms, ablation, expected figures", .tags(.endToEnd))
struct ExperimentStepTests {
    private func experiment(_ out: String, _ options: [String]) throws -> DecoyProcess.Outcome {
        try DecoyProcess.run(
            ["experiment", try Prepared.shared().dataset, "-o", out, "--seeds", "1"] + Prepared.quickExperiment
                + options)
    }

    @Test("Steps that are kept are not computed again, and give the bytes of an experiment without them.")
    func reuse() throws {
        let folder = try TemporaryFolder()
        let outs = ["first", "second", "plain"].map { folder.path($0) }
        let steps = folder.path("kept")
        #expect(try experiment(outs[0], ["--steps", steps]).status == 0)
        let second = try experiment(outs[1], ["--steps", steps])
        #expect(second.messages.contains("6 of 6 steps were in"), "\(second.messages)")
        #expect(try experiment(outs[2], ["--no-steps"]).status == 0)
        let timed = ["results.json", "report"]
        let contents = try outs.map { try FolderContents($0, ignoring: timed) }
        #expect(contents[0].files.count > 10)
        #expect(contents[1].differences(from: contents[0]) == [])
        #expect(contents[2].differences(from: contents[0]) == [])
        let results = try outs.map { try JSONNode(file: $0 + "/results.json") }
        let whole = try results.map { try $0.canonical(without: ["timings"]) }
        #expect(whole[0] == whole[1] && whole[0] == whole[2])
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == [
                "first", "second", "plain", "kept",
            ])
    }

    @Test("A damaged step is computed again, and a changed option computes only what depends on it.")
    func damage() throws {
        let folder = try TemporaryFolder()
        let steps = folder.path("out.steps")
        #expect(try experiment(folder.path("out"), []).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: steps).sorted()
        let damaged = try #require(names.first { $0.hasPrefix("train-after") })
        try Data("{".utf8).write(to: URL(fileURLWithPath: "\(steps)/\(damaged)/result.json"))
        let again = try experiment(folder.path("out"), ["--force"])
        #expect(again.messages.contains("5 of 6 steps"), "\(again.messages)")
        let changed = try experiment(folder.path("out"), ["--force", "--relative-margin", "0.3"])
        #expect(changed.status == 0)
        let measured = try experiment(folder.path("out"), ["--force", "--measures", "P@5"])
        #expect(measured.messages.contains("6 of 6 steps"), "other measures train nothing: \(measured.messages)")
    }

    @Test("Temperature, pool and margin are tuned unless given, and every arm of mining is compared with after.")
    func tunedArms() throws {
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run([
            "experiment", try Prepared.shared().dataset, "-o", folder.path("out"), "--seeds", "1", "--no-steps",
            "--dimension", "16", "--epochs", "1", "--learning-rate", "0.01",
            "--arms", "large-batch,control,bm25-top,dense-top,after",
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let results = try JSONNode(file: folder.path("out/results.json"))
        #expect(results["systems"].keys == ["bm25", "large-batch", "control", "bm25-top", "dense-top", "after"])
        let choices = results["choices"].items.compactMap(\.text)
        let temperature = try #require(choices.first { $0.contains("the temperature") })
        #expect(
            ["0.01", "0.02", "0.03", "0.05"].allSatisfy { temperature.contains("0.01 and \($0): ") }, "\(temperature)")
        #expect(choices.contains { $0.contains("The relative margin ") && $0.contains("by margin 0.0: ") })
        #expect(choices.contains { $0.contains("train-positives: ") && $0.contains("corpus: ") })
        let compared = Set(
            results["comparisons"].items.filter { $0["run"].text == "after" }.compactMap { $0["baseline"].text })
        #expect(compared == ["bm25", "large-batch", "control", "bm25-top", "dense-top"])
    }

    @Test("Arms, models from elsewhere and ablations stand in the results.")
    func arms() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let outcome = try experiment(
            folder.path("out"),
            [
                "--no-steps", "--arms", "after,self-mined,hybrid-before", "--encoders", "mine=\(shared.model)",
                "--ablate", "relative-margin=0,0.1", "--ablate", "num-negatives=1",
            ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let results = try JSONNode(file: folder.path("out/results.json"))
        #expect(results["systems"].keys == ["bm25", "before", "after", "self-mined", "hybrid-before", "mine"])
        let tried = results["ablations"].items.map { "\($0["option"].text ?? "") \($0["value"].text ?? "")" }
        #expect(
            tried == [
                "negatives in-batch alone", "negatives random", "negatives mined", "relative-margin 0",
                "relative-margin 0.1", "num-negatives 1",
            ])
        #expect(results["ablations"].items.allSatisfy { $0["split"].text != "test" })
        let used = results["ablations"].items.first { $0["value"].text == "0" }
        #expect(
            try used?["measures"].canonical() == results["ablations"].items[2]["measures"].canonical(),
            "the value in use gives the figures of after")
    }

    @Test("Expected figures that hold end with 0, a digit that moved with 1 and its name.")
    func expected() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("expected.json")
        #expect(try experiment(folder.path("a"), ["--no-steps", "--save-expected", file]).status == 0)
        let same = try experiment(folder.path("b"), ["--no-steps", "--expected", file])
        #expect(same.status == 0 && same.messages.contains("all figures are those of"), "\(same.messages)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let documents = try #require(text.firstMatch(of: /"documents" : (\d+)/)?.output.1)
        try text.replacing("\"documents\" : \(documents)", with: "\"documents\" : 1")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let moved = try experiment(folder.path("c"), ["--no-steps", "--expected", file])
        #expect(moved.status == 1)
        #expect(moved.messages.contains("index documents: expected 1, now \(documents)"), "\(moved.messages)")
        #expect(
            FileManager.default.fileExists(atPath: folder.path("c/report.html")), "the report is there to look into")
    }

    @Test(
        "What cannot be asked for is said before any work.",
        arguments: [
            (["--arms", "befor"], 64, "befor is not known"), (["--ablate", "margin=1"], 64, "margin cannot be tried"),
            (["--ablate", "relative-margin=2"], 64, "relative-margin"),
            (["--ablate", "epochs=x"], 64, "cannot be read"),
            (["--encoders", "x"], 64, "expected name=folder"), (["--encoders", "x=/nowhere"], 4, "/nowhere"),
            (["--encoders", "bm25=x"], 64, "choose another name"), (["--expected", "/nowhere"], 4, "/nowhere"),
            (["--no-steps", "--steps", "x"], 64, "one of them"),
        ])
    func faultyCalls(options: [String], status: Int, words: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try experiment(folder.path("out"), options)
        #expect(outcome.status == status && outcome.messages.contains(words), "\(outcome.status): \(outcome.messages)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}
