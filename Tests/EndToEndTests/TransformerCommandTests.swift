import DecoyTestSupport
import Foundation
import Testing

@Suite("Transformers in train, encode, search, rerank and experiment", .tags(.endToEnd))
struct TransformerCommandTests {
    /// Options of a training that takes a moment.
    private static let quick = [
        "--epochs", "1", "--learning-rate", "0.01", "--temperature", "0.05", "--batch-size", "4",
    ]

    private func train(_ model: String, _ output: String, _ more: [String] = []) throws -> DecoyProcess.Outcome {
        try DecoyProcess.run(
            ["train", Prepared.shared().dataset, "-o", output, "--encoder", model] + Self.quick + more)
    }

    /// The scores of a run by query and document.
    private func scores(_ run: String) -> [String: Double] {
        run.split(separator: "\n").reduce(into: [:]) { scores, line in
            let cells = line.split(separator: " ")
            scores["\(cells[0]) \(cells[2])"] = Double(cells[4])
        }
    }

    @Test(
        "A trained transformer encodes, searches and reranks, its limit and prompts are kept, and threads change no byte."
    )
    func wholeWay() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let start = try Prepared.shared().transformer(in: folder)
        let (model, vectors) = (folder.path("m"), folder.path("v"))
        let options = ["--max-length", "20", "--query-prompt", "old ", "--document-prompt", "the "]
        let trained = try train(start, model, options)
        #expect(trained.status == 0 && trained.messages.contains("trained on"), "\(trained.messages)")
        let again = try train(start, folder.path("again"), options + ["--threads", "1"])
        #expect(again.status == 0)
        #expect(try FolderContents(folder.path("again")).files == FolderContents(model).files)
        let record = try JSONNode(DecoyProcess.run(["inspect", model, "--json"]).output)
        #expect(record["start"].text == "tiny" && record["options"]["dimension"].number == 8)
        #expect(try JSONNode(file: model + "/sentence_bert_config.json")["max_seq_length"].number == 20)
        let prompts = try JSONNode(file: model + "/config_sentence_transformers.json")["prompts"]
        #expect(prompts["query"].text == "old " && prompts["document"].text == "the ")
        let card = try String(contentsOfFile: model + "/README.md", encoding: .utf8)
        #expect(card.contains("transformer") && card.contains("| started from | tiny |"))

        #expect(try DecoyProcess.run(["check", model]).status == 0)
        let encoding = try DecoyProcess.run(["encode", model, shared.dataset, "-o", vectors])
        #expect(encoding.status == 0, "\(encoding.messages)")
        let asked = ["--model", model, "--queries", shared.queries]
        let search = try DecoyProcess.run(["search", vectors, "-k", "40"] + asked)
        let rerank = try DecoyProcess.run(["rerank", shared.run, vectors] + asked)
        #expect(search.status == 0 && rerank.status == 0, "\(search.messages) \(rerank.messages)")
        let found = scores(search.output)
        let reranked = scores(rerank.output)
        #expect(reranked.count == scores(try String(contentsOfFile: shared.run, encoding: .utf8)).count)
        #expect(Set(reranked.values).count > 20)
        for (pair, score) in reranked { #expect(abs((found[pair] ?? 9) - score) < 1e-5, "\(pair)") }
        let inspected = try DecoyProcess.run(["inspect", model]).output
        #expect(inspected.contains("transformer (bert, 1 layers, up to 20 tokens), 8 dimensions"), "\(inspected)")
        let other = try DecoyProcess.run(["search", vectors, "--model", start, "--queries", shared.queries])
        #expect(other.status == 3 && other.messages.contains("another model"), "\(other.messages)")
        let further = try train(model, folder.path("further"), ["--epochs", "0"])
        #expect(further.status == 0, "\(further.messages)")
        let identity = try JSONNode(file: folder.path("further/decoy.json"))["identity"]
        #expect(try identity.canonical() == JSONNode(file: model + "/decoy.json")["identity"].canonical())
    }

    @Test("On a few words of the embedded corpus a transformer learns which documents the training queries want.")
    func homonyms() throws {
        let folder = try TemporaryFolder()
        let dataset = try CutHomonyms(words: 4, into: folder).path
        let queries = dataset + "/queries.jsonl"
        let text = try ["corpus.jsonl", "queries.jsonl"].map {
            try String(contentsOfFile: dataset + "/" + $0, encoding: .utf8)
        }
        let start = try TinyTransformer(wordsOf: text.joined()).write(into: folder, as: "start")
        let trained = try DecoyProcess.run(
            [
                "train", dataset, "-o", folder.path("trained"), "--encoder", start, "--epochs", "10", "--learning-rate",
                "0.03", "--dropout", "0",
            ])
        #expect(trained.status == 0, "\(trained.messages)")
        var figures: [Double] = []
        for model in ["start", "trained"] {
            let (vectors, run) = (folder.path(model + ".vectors"), folder.path(model + ".trec"))
            #expect(try DecoyProcess.run(["encode", folder.path(model), dataset, "-o", vectors]).status == 0)
            let search = try DecoyProcess.run(
                ["search", vectors, "--model", folder.path(model), "--queries", queries, "-k", "10", "-o", run])
            #expect(search.status == 0, "\(search.messages)")
            let evaluation = try DecoyProcess.run([
                "evaluate", run, "--qrels", dataset + "/qrels/train.tsv", "-m", "RR@10", "--output-format", "json",
            ])
            figures.append(try JSONNode(evaluation.output)["runs"][0]["measures"]["RR@10"].number ?? -1)
        }
        #expect(figures[0] > 0 && figures[0] < 0.3 && figures[1] > 0.6, "\(figures)")
    }

    @Test("LoRA's adapters stand beside the merged model under the names that PEFT expects.")
    func adapters() throws {
        let folder = try TemporaryFolder()
        let start = try Prepared.shared().transformer(in: folder) { $0.layers = 2 }
        let model = folder.path("m")
        let trained = try train(start, model, ["--lora-rank", "2", "--lora-alpha", "4", "--recompute"])
        #expect(trained.status == 0, "\(trained.messages)")
        let config = try JSONNode(file: model + "/adapter/adapter_config.json")
        #expect(config["peft_type"].text == "LORA" && config["r"].number == 2 && config["lora_alpha"].number == 4)
        #expect(
            config["target_modules"].items.compactMap(\.text) == [
                "intermediate.dense", "key", "output.dense", "query", "value",
            ])
        #expect(config["base_model_name_or_path"].text == start)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: model + "/adapter/adapter_model.safetensors")))
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONNode(String(decoding: bytes.dropFirst(8).prefix(length), as: UTF8.self))
        let parts: [(String, Int, Int)] =
            ["query", "key", "value"].map { ("attention.self." + $0, 8, 8) } + [
                ("attention.output.dense", 8, 8), ("intermediate.dense", 12, 8), ("output.dense", 8, 12),
            ]
        var names: Set<String> = []
        for layer in 0..<2 {
            for (part, outputs, inputs) in parts {
                for (factor, shape) in [("A", [2, inputs]), ("B", [outputs, 2])] {
                    let name = "base_model.model.encoder.layer.\(layer).\(part).lora_\(factor).weight"
                    names.insert(name)
                    #expect(header[name]["shape"].items.compactMap(\.number) == shape.map(Double.init), "\(name)")
                }
            }
        }
        #expect(header.keys.subtracting(["__metadata__"]) == names)
        #expect(try DecoyProcess.run(["check", model]).status == 0)
    }

    @Test("All options of a transformer's training go together, with two towers, and stand in the record.")
    func options() throws {
        let folder = try TemporaryFolder()
        let start = try Prepared.shared().transformer(in: folder) { $0.layers = 2 }
        let trained = try train(
            start, folder.path("m"),
            [
                "--towers", "separate", "--precision", "bf16", "--dropout", "0.2", "--clip", "0.5", "--freeze-layers",
                "1", "--freeze-embeddings", "--recompute", "--accumulate", "2", "--gradient-cache", "3", "--matryoshka",
                "4", "--evaluate-every", "1", "--learn-temperature",
            ])
        #expect(trained.status == 0, "\(trained.messages)")
        let options = try JSONNode(file: folder.path("m/decoy.json"))["options"]
        let own = options["transformer"]
        #expect(own["dropout"].number == 0.2 && own["clipping"].number == 0.5 && own["frozenLayers"].number == 1)
        #expect(options["accumulation"].number == 2 && options["gradientCache"].number == 3)
        #expect(options["optimizer"].text == "adamw" && options["decay"].text == "linear")
        #expect(FileManager.default.fileExists(atPath: folder.path("m/query_tower/model.safetensors")))
        let wide = try Prepared.shared().transformer(in: folder, as: "wide") { $0.dimension = 264 }
        let cut = try train(wide, folder.path("w"), ["--matryoshka", "260", "--epochs", "0"])
        #expect(cut.status == 0, "\(cut.messages)")
    }

    @Test("A table starts from what a transformer makes of its tokens, and is trained as any table.")
    func distillation() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let start = try Prepared.shared().transformer(in: folder)
        for dimension in [1024, 20] {
            let model = folder.path("m\(dimension)")
            let more = dimension == 1024 ? [] : ["--dimension", "\(dimension)"]
            let trained = try train(start, model, ["--distill"] + more)
            #expect(trained.status == 0, "\(trained.messages)")
            let record = try JSONNode(file: model + "/decoy.json")
            #expect(record["start"].text == "a table distilled from tiny")
            #expect(record["options"]["dimension"].number == Double(dimension))
            let modules = try String(contentsOfFile: model + "/modules.json", encoding: .utf8)
            #expect(modules.contains("StaticEmbedding"))
        }
        let table = try train(shared.model, folder.path("t"), ["--distill"])
        #expect(table.status == 64 && table.messages.contains("is a table already"), "\(table.messages)")
    }

    @Test("An experiment starts from a transformer, and its steps are those of its limit and prompts.")
    func experiment() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let start = try Prepared.shared().transformer(in: folder)
        func run(_ more: [String]) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(
                [
                    "experiment", shared.dataset, "-o", folder.path("out"), "--force", "--encoder", start, "--seeds",
                    "1",
                    "--arms", "untrained,before,after", "--pool", "train-positives", "--relative-margin", "0",
                    "--max-length", "16", "--gradient-cache", "3",
                ] + Self.quick + more)
        }
        let first = try run([])
        #expect(first.status == 0, "\(first.messages)")
        for name in ["untrained", "before", "after"] { #expect(first.output.contains(name)) }
        let results = try JSONNode(file: folder.path("out/results.json"))
        #expect(results["systems"].keys == ["bm25", "untrained", "before", "after"])
        for name in ["config.json", "1_Pooling/config.json", "model.safetensors"] {
            #expect(FileManager.default.fileExists(atPath: folder.path("out/models/after/" + name)), "\(name)")
        }
        func figures() throws -> String { try JSONNode(file: folder.path("out/results.json"))["systems"].canonical() }
        let known = try figures()
        let again = try run([])
        #expect(try again.messages.contains("were in") && figures() == known, "\(again.messages)")
        let prompted = try run(["--query-prompt", "money office "])
        #expect(try prompted.status == 0 && figures() != known, "\(prompted.messages)")
        let refused = try run(["--lora-alpha", "4"])
        #expect(refused.status == 64 && refused.messages.contains("--lora-rank"), "\(refused.messages)")
    }

    @Test("What does not fit a transformer, or needs one, is named with its remedy, and nothing is left.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let tiny = try Prepared.shared().transformer(in: folder)
        let pickled = try Prepared.shared().transformer(in: folder, as: "pickled")
        try FileManager.default.moveItem(
            atPath: pickled + "/model.safetensors", toPath: pickled + "/pytorch_model.bin")
        let decoder = try Prepared.shared().transformer(in: folder, as: "t5")
        try folder.write("t5/config.json", #"{"model_type": "t5", "d_model": 8, "num_layers": 1}"#)
        let calls: [([String], Int32, [String])] = [
            (["--encoder", tiny, "--max-length", "1"], 64, ["--max-length 1", "3 to 64"]),
            (["--encoder", tiny, "--max-length", "65"], 64, ["--max-length 65", "3 to 64"]),
            (["--encoder", tiny, "--lora-alpha", "4"], 64, ["--lora-alpha", "--lora-rank"]),
            (["--encoder", tiny, "--dimension", "4"], 64, ["--dimension", "leave it out"]),
            (["--encoder", tiny, "--row-lengths", "idf"], 64, ["--row-lengths", "leave it out"]),
            (["--encoder", tiny, "--tokenizer", tiny], 64, ["--tokenizer", "leave it out"]),
            (["--encoder", tiny, "--matryoshka", "4,9"], 64, ["--matryoshka", "the dimension, 8"]),
            (["--encoder", tiny, "--dropout", "1"], 64, ["--dropout: 1", "below 1"]),
            (["--encoder", tiny, "--clip=-1"], 64, ["--clip: -1", "at least 0"]),
            (["--encoder", tiny, "--freeze-layers", "1"], 64, ["--freeze-layers: 1", "has 1 layers"]),
            (["--encoder", tiny, "--lora-rank", "2000"], 64, ["--lora-rank: 2000", "1024"]),
            (["--encoder", tiny, "--lora-rank", "2", "--lora-alpha", "0"], 64, ["--lora-alpha: 0", "above 0"]),
            (["--encoder", tiny, "--accumulate", "0"], 64, ["--accumulate: 0", "1 or more"]),
            (["--encoder", tiny, "--gradient-cache=-1"], 64, ["--gradient-cache: -1", "0 or more"]),
            (["--encoder", tiny, "--optimizer", "adagrad"], 64, ["--optimizer: adagrad", "adamw"]),
            (["--encoder", tiny, "--weight-learning-rate", "1"], 64, ["--weight-learning-rate: 1", "expected 0"]),
            (["--encoder", shared.model, "--lora-rank", "2"], 64, ["--lora-rank", "--encoder"]),
            (["--encoder", tiny, "--distill", "--max-length", "9"], 64, ["--max-length", "transformer"]),
            (["--distill"], 64, ["--distill", "--encoder"]),
            (["--encoder", tiny + "s", "--lora-rank", "2"], 4, ["tinys: no such file or folder"]),
            (["--encoder", pickled], 3, ["pickled", "only pytorch_model.bin", "safetensors"]),
            (["--encoder", decoder], 3, ["t5/config.json", "model_type t5", "use a model of one of these: bert"]),
        ]
        for (arguments, status, fragments) in calls {
            let outcome = try DecoyProcess.run(["train", shared.dataset, "-o", folder.path("m")] + arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.status) \(outcome.messages)")
            for fragment in fragments {
                #expect(outcome.messages.contains(fragment), "\(arguments): \(outcome.messages)")
            }
        }
        for option in [
            "--max-length=9", "--query-prompt=q", "--document-prompt=d", "--precision=bf16", "--dropout=0.1",
            "--clip=1", "--freeze-layers=1", "--freeze-embeddings", "--lora-rank=2", "--lora-alpha=2", "--recompute",
            "--accumulate=2", "--gradient-cache=2",
        ] {
            let outcome = try DecoyProcess.run(["train", shared.dataset, "-o", folder.path("m"), option])
            let name = option.prefix { $0 != "=" }
            #expect(
                outcome.status == 64 && outcome.messages.contains("\(name) is for transformers"), "\(outcome.messages)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("m")))
        let help = try DecoyProcess.run(["help", "train"]).output
        for text in ["a transformer (a folder", "--lora-rank", "--gradient-cache", "--query-prompt", "--distill"] {
            #expect(help.contains(text), "\(text)")
        }
    }
}
