import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy train from a table or a tokenizer", .tags(.endToEnd))
struct StartCommandTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("DenseRetrievalTests/Fixtures/static").path

    @Test("Tables of every program start a training, and every command that takes a model takes their folders.")
    func tables() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        // Words that the small vocabularies know.
        let queries = try folder.write("queries.tsv", "1\tthe red apple\n")
        for name in ["dense", "model2vec-quantized", "wordllama"] {
            let path = Self.fixtures + "/" + name
            let model = folder.path(name)
            let training = try DecoyProcess.run(
                ["train", shared.dataset, "-o", model, "--encoder", path, "--epochs", "1", "--learning-rate", "0.01"])
            #expect(training.status == 0, "\(training.messages)")
            let record = try JSONNode(DecoyProcess.run(["inspect", model, "--json"]).output)
            #expect(try record["start"].text == name)
            #expect(try record["options"]["dimension"].number == (name == "dense" ? 3 : 4))
            #expect(
                try String(contentsOfFile: model + "/README.md", encoding: .utf8).contains("| started from | \(name) |")
            )
            for model in [path, model] {
                let vectors = folder.path("vectors")
                let encoding = try DecoyProcess.run(["encode", model, shared.dataset, "-o", vectors, "--force"])
                #expect(encoding.status == 0, "\(encoding.messages)")
                let search = try DecoyProcess.run(
                    ["search", vectors, "--model", model, "--queries", queries, "-k", "3"])
                #expect(search.status == 0 && !search.output.isEmpty, "\(search.messages)")
                for command in ["check", "inspect"] {
                    let outcome = try DecoyProcess.run([command, model])
                    #expect(outcome.status == 0 && outcome.output.contains(model), "\(outcome.messages)")
                }
            }
        }
        // The start of a model without steps is the table itself, whatever wrote it.
        let again = folder.path("again")
        #expect(
            try DecoyProcess.run([
                "train", shared.dataset, "-o", again, "--encoder", shared.model, "--epochs", "0", "--dimension", "8",
                "--row-lengths", "idf",
            ]).status == 0)
        #expect(
            try JSONNode(DecoyProcess.run(["inspect", again, "--json"]).output)["options"]["dimension"].number == 8)
    }

    @Test("A vocabulary from a file is used instead of a learnt one, and is written byte for byte.")
    func tokenizers() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let tokenizer = Self.fixtures + "/model2vec/tokenizer.json"
        let training = try DecoyProcess.run(
            ["train", shared.dataset, "-o", folder.path("m"), "--tokenizer", tokenizer] + Prepared.quickTraining)
        #expect(training.status == 0, "\(training.messages)")
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: folder.path("m/tokenizer.json")))
                == JSONText.neutral(Data(contentsOf: URL(fileURLWithPath: tokenizer))))
        try folder.write("vocab.txt", "[PAD]\n[UNK]\na\nb\n##a\n##b\n")
        let text = try DecoyProcess.run(
            ["train", shared.dataset, "-o", folder.path("v"), "--tokenizer", folder.path("vocab.txt")]
                + Prepared.quickTraining)
        #expect(text.status == 0, "\(text.messages)")
        let experiment = try DecoyProcess.run(
            [
                "experiment", shared.dataset, "-o", folder.path("e"), "--encoder", Self.fixtures + "/model2vec",
                "--seeds", "1",
                "--epochs", "1", "--learning-rate", "0.01", "--json",
            ])
        #expect(experiment.status == 0, "\(experiment.messages)")
        #expect(
            experiment.output.contains("\"start\" : \"model2vec\"")
                || experiment.output.contains("\"start\":\"model2vec\""))
    }

    @Test("What does not fit is named, with what would.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let table = Self.fixtures + "/model2vec"
        try folder.write("many.txt", (["[UNK]"] + (0..<40).map { "w\($0)" }).joined(separator: "\n"))
        try folder.write("bad.json", #"{"model":{"type":"WordLevel"}}"#)
        let calls: [([String], Int32, String)] = [
            (["--encoder", table, "--dimension", "5"], 64, "has 4"),
            (["--row-lengths", "idf"], 64, "--encoder"),
            (["--encoder", table, "--tokenizer", folder.path("many.txt")], 3, "41 tokens"),
            (["--encoder", table + "/model.safetensors"], 64, "--tokenizer"),
            (["--encoder", folder.path("none")], 4, "no such file"),
            (["--encoder", shared.dataset], 3, "model.safetensors"),
            (["--tokenizer", folder.path("none.json")], 4, "no such file"),
            (["--tokenizer", folder.path("bad.json")], 3, "bad.json: the tokenizer's model is WordLevel"),
            (["--tokenizer", shared.dataset], 3, "tokenizer.json nor vocab.txt"),
        ]
        for (arguments, status, text) in calls {
            let outcome = try DecoyProcess.run(["train", shared.dataset, "-o", folder.path("m")] + arguments)
            #expect(
                outcome.status == status && outcome.messages.contains(text),
                "\(arguments): \(outcome.status) \(outcome.messages)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("m")))
    }
}

private enum JSONText {
    /// A tokenizer's text with truncation off, as the fixture has it.
    static func neutral(_ data: Data) -> Data {
        var text = String(decoding: data, as: UTF8.self)
        if let start = text.range(of: "\"truncation\":{"),
            let end = text.range(of: "}", range: start.upperBound..<text.endIndex)
        {
            text.replaceSubrange(start.lowerBound..<end.upperBound, with: "\"truncation\":null")
        }
        return Data(text.utf8)
    }
}
