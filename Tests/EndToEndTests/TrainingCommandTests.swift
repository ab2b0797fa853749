import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy train, encode, check and inspect", .tags(.endToEnd))
struct TrainingCommandTests {
    @Test("A model is a folder that sentence-transformers reads, and its vectors have one row a document.")
    func folders() throws {
        let shared = try Prepared.shared()
        let names = Set(try FolderContents(shared.model).files.keys)
        #expect(names.isSuperset(of: ["modules.json", "tokenizer.json", "decoy.json"]))
        let model = try DecoyProcess.run(["inspect", shared.model, "--json"])
        #expect(model.status == 0)
        #expect(try JSONNode(model.output)["options"]["dimension"].number == 16)
        let vectors = try DecoyProcess.run(["inspect", shared.vectors, "--json"])
        #expect(try JSONNode(vectors.output)["rows"].number == 40)
        #expect(try JSONNode(vectors.output)["dimension"].number == 16)
        let index = try DecoyProcess.run(["inspect", shared.index, "--json"])
        #expect(try JSONNode(index.output)["documentCount"].number == 40)
        for folder in [shared.index, shared.model, shared.vectors] {
            let plain = try DecoyProcess.run(["inspect", folder])
            #expect(plain.status == 0 && plain.output.contains(folder))
            let check = try DecoyProcess.run(["check", folder, "--json"])
            #expect(check.status == 0, "\(check.messages)")
            #expect((try JSONNode(check.output)["files"].number ?? 0) >= 2)
        }
    }

    @Test("Mined negatives of every format train a model, as they are and as candidates.")
    func negatives() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        var models: [String: FolderContents] = [:]
        for format in ["triplet", "n-tuple", "ids"] {
            let mined = folder.path(format + ".jsonl")
            let mining = try DecoyProcess.run([
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", mined,
                "--output-format", format, "--num-negatives", "3", "--relative-margin", "-1",
            ])
            #expect(mining.status == 0, "\(mining.messages)")
            let training = try DecoyProcess.run(
                ["train", shared.dataset, "-o", folder.path(format), "--negatives", mined] + Prepared.quickTraining)
            #expect(training.status == 0, "\(training.messages)")
            models[format] = try FolderContents(folder.path(format))
        }
        // The same negatives, however they are written, give the same model; it is not the one without negatives.
        #expect(models["triplet"] == models["n-tuple"] && models["triplet"] == models["ids"])
        #expect(try models["ids"] != FolderContents(shared.model))
        let again = try DecoyProcess.run(
            [
                "train", shared.dataset, "-o", folder.path("refreshed"), "--negatives", folder.path("ids.jsonl"),
                "--refresh-negatives", "1",
            ] + Prepared.quickTraining)
        #expect(again.status == 0, "\(again.messages)")
    }

    @Test("A curriculum follows a file that goes from easy to hard, and refuses one that was mined otherwise.")
    func curriculum() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        for sampling in ["curriculum", "top"] {
            let mining = try DecoyProcess.run([
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", folder.path(sampling),
                "--output-format", "ids", "--num-negatives", "8", "--relative-margin", "-1", "--sampling", sampling,
            ])
            #expect(mining.status == 0, "\(mining.messages)")
        }
        func train(_ name: String, _ options: [String]) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(
                ["train", shared.dataset, "-o", folder.path(name), "--num-negatives", "2"] + options
                    + Prepared.quickTraining)
        }
        let negatives = ["--negatives", folder.path("curriculum")]
        let order = ["--negative-order", "curriculum"]
        let ordered = try train("ordered", negatives + order)
        let rotating = try train("rotating", negatives)
        #expect(ordered.status == 0 && rotating.status == 0, "\(ordered.messages)\(rotating.messages)")
        #expect(
            try folder.bytes("ordered/model.safetensors") != folder.bytes("rotating/model.safetensors"))
        #expect(String(decoding: try folder.bytes("ordered/decoy.json"), as: UTF8.self).contains("curriculum"))
        for (options, message) in [
            (order, "needs --negatives"), (negatives + order + ["--refresh-steps", "3"], "give one of them"),
            (["--negatives", folder.path("top")] + order, "--sampling top"),
        ] {
            let failed = try train("failed", options)
            #expect(failed.status == 64 && failed.messages.contains(message), "\(failed.messages)")
        }
    }

    @Test(
        "A guide changes the model and says in the card what it masked; margins without one and unfit losses are refused."
    )
    func guide() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        func train(_ name: String, _ options: [String]) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(["train", shared.dataset, "-o", folder.path(name)] + options + Prepared.quickTraining)
        }
        let guided = try train("guided", ["--guide", shared.model, "--guide-margin", "0.1"])
        #expect(guided.status == 0 && guided.messages.contains("masked"), "\(guided.messages)")
        #expect(String(decoding: try folder.bytes("guided/README.md"), as: UTF8.self).contains("- the guide "))
        #expect(try FolderContents(folder.path("guided")) != FolderContents(shared.model))
        for (options, message) in [
            (["--guide-margin", "0.1"], "need --guide"), (["--guide", shared.model, "--guide-margin", "nan"], "nan"),
            (["--guide", shared.model, "--loss", "kl", "--negatives", shared.queries], "no negatives to mask"),
            (["--guide", shared.dataset], shared.dataset),
        ] {
            let failed = try train("failed", options)
            #expect(failed.status != 0 && failed.messages.contains(message), "\(failed.messages)")
        }
    }

    @Test(
        "Losses that learn from a teacher train on mined scores, and say what is missing without them; a learnt temperature is recorded."
    )
    func losses() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        func mine(_ name: String, _ options: [String]) throws {
            let mining = try DecoyProcess.run(
                [
                    "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o",
                    folder.path(name), "--output-format", "ids", "--num-negatives", "3", "--relative-margin", "-1",
                ] + options)
            #expect(mining.status == 0, "\(mining.messages)")
        }
        func train(_ name: String, _ options: [String]) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(
                ["train", shared.dataset, "-o", folder.path(name)] + options + Prepared.quickTraining)
        }
        try mine("scored.jsonl", ["--output-scores"])
        try mine("plain.jsonl", [])
        let learnt = try train(
            "kl", ["--loss", "kl", "--learn-temperature", "--negatives", folder.path("scored.jsonl")])
        #expect(learnt.status == 0, "\(learnt.messages)")
        let record = try JSONNode(String(contentsOfFile: folder.path("kl") + "/decoy.json", encoding: .utf8))
        #expect((record["temperature"].number ?? 0) > 0.009 && record["temperature"].number != 0.05)
        let residual = try train("residual", ["--lexical-weight", "0.5", "--negatives", folder.path("scored.jsonl")])
        let without = try train("without", ["--negatives", folder.path("scored.jsonl")])
        #expect(residual.status == 0 && without.status == 0, "\(residual.messages)")
        let weights = try ["residual", "without"].map {
            try Data(contentsOf: URL(filePath: folder.path($0) + "/model.safetensors"))
        }
        #expect(weights[0] != weights[1])
        let symmetric = try train("symmetric", ["--symmetric", "--positives-per-query", "2"])
        #expect(symmetric.status == 0, "\(symmetric.messages)")
        for (options, message) in [
            (["--loss", "margin-mse", "--negatives", folder.path("plain.jsonl")], "plain.jsonl:1: no scores"),
            (["--lexical-weight", "1"], "--lexical-weight learns from"),
            (["--lexical-weight", "1", "--negatives", folder.path("plain.jsonl")], "plain.jsonl:1: no scores"),
            (["--loss", "margin-mse"], "--output-scores"), (["--loss", "triplet", "--margin", "-1"], "--margin"),
            (["--loss", "triplet", "--learn-temperature"], "--learn-temperature"),
        ] {
            let failed = try train("failed", options)
            #expect(failed.status != 0 && failed.messages.contains(message), "\(failed.messages)")
        }
    }
}

@Suite("Training from word vectors", .tags(.endToEnd))
struct WordVectorCommandTests {
    @Test("Rows start from a file of word vectors; too many dimensions and broken files are errors that leave nothing.")
    func start() throws {
        let folder = try TemporaryFolder()
        let dataset = try Prepared.shared().dataset
        let words = try folder.write("vectors.vec", "2 3\nbank 1 0 2\nriver 0 3 1\n")
        func train(_ file: String, _ more: [String] = []) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(
                ["train", dataset, "-o", folder.path("model"), "--epochs", "1", "--word-vectors", file] + more)
        }
        let wide = try train(words, ["--dimension", "2"])
        #expect(wide.status != 0 && wide.messages.contains("3 dimensions"), "\(wide.messages)")
        let broken = try train(try folder.write("broken.vec", "bank 1 0 2\nriver 1\n"))
        #expect(broken.status == 2 && broken.messages.contains("broken.vec:2"), "\(broken.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
        let trained = try train(words, ["--dimension", "8"])
        #expect(trained.status == 0 && trained.messages.contains("start from 2 word vectors"), "\(trained.messages)")
        #expect(FileManager.default.fileExists(atPath: folder.path("model/decoy.json")))
    }
}
