import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy mine: formats, sources, sidecar", .tags(.endToEnd))
struct MiningFormatTests {
    private func labels(_ shared: Prepared) -> [String] {
        ["--queries", shared.queries, "--qrels", shared.train, "--relative-margin", "-1", "--num-negatives", "2"]
    }

    private func run(_ arguments: [String]) throws -> String {
        let outcome = try DecoyProcess.run(["mine"] + arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
        return outcome.output
    }

    @Test("All formats hold the same queries, positives and negatives.")
    func formats() throws {
        let shared = try Prepared.shared()
        func rows(_ format: String) throws -> [JSONNode] {
            try JSONNode.lines(
                run([shared.index, "-o", "-", "--output-format", format, "--output-scores"] + labels(shared)))
        }
        let ids = try rows("ids")
        #expect(!ids.isEmpty)
        let lists = try rows("labeled-list")
        #expect(lists.count == ids.count)
        for row in lists {
            #expect(row.keys == ["anchor", "passages", "labels", "scores"])
            #expect(row["labels"].items.map(\.number) == [1, 1, 0, 0])
        }
        #expect(
            try rows("labeled-pair").map { [$0["anchor"].text, $0["passage"].text] }
                == lists.flatMap { row in row["passages"].items.map { [row["anchor"].text, $0.text] } })
        let tevatron = try rows("tevatron")
        for (row, id) in zip(tevatron, ids) {
            #expect(row["query_id"].text == id["query_id"].text)
            #expect(row["positive_passages"].items.map { $0["docid"].text } == id["positive_ids"].items.map(\.text))
            #expect(row["negative_passages"].items.map { $0["docid"].text } == id["negative_ids"].items.map(\.text))
        }
        let flag = try rows("flagembedding")
        for (row, list) in zip(flag, lists) {
            #expect((row["pos"].items + row["neg"].items).map(\.text) == list["passages"].items.map(\.text))
            #expect(
                (row["pos_scores"].items + row["neg_scores"].items).map(\.number) == list["scores"].items.map(\.number))
        }
        let dpr = try JSONNode(run([shared.index, "-o", "-", "--output-format", "dpr"] + labels(shared)))
        #expect(dpr.items.map { $0["question"].text } == lists.map { $0["anchor"].text })
        for (row, id) in zip(dpr.items, ids) {
            #expect(
                row["hard_negative_ctxs"].items.map { $0["passage_id"].text } == id["negative_ids"].items.map(\.text))
        }
    }

    @Test("A run mines what its retriever mines, with texts from the index or the corpus, and ids without texts.")
    func runs() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let run100 = folder.path("deep.trec")
        let made = try DecoyProcess.run(
            ["search", shared.index, "--queries", shared.queries, "-k", "100", "-o", run100])
        #expect(made.status == 0)
        let expected = try run([shared.index, "-o", "-"] + labels(shared))
        #expect(!expected.isEmpty)
        #expect(try run([shared.index, "--from-run", run100, "-o", "-"] + labels(shared)) == expected)
        #expect(try run(["--from-run", run100, "--corpus", shared.dataset, "-o", "-"] + labels(shared)) == expected)
        let ids = ["-o", "-", "--output-format", "ids"] + labels(shared)
        let textless = try DecoyProcess.run(["mine", "--from-run", run100] + ids)
        #expect(textless.status == 0 && textless.messages.contains("holds no texts"))
        #expect(textless.output == (try run([shared.index, "--dedupe", "off"] + ids)))

        let refused = try DecoyProcess.run(
            ["mine", "--from-run", run100, "-o", folder.path("n.jsonl")] + labels(shared))
        #expect(refused.status == 64 && refused.messages.contains("--corpus"), "\(refused.messages)")
        for options in [["--k1", "2"], ["--dense", shared.vectors, "--model", shared.model], ["--rm3"]] {
            let refused = try DecoyProcess.run(
                ["mine", shared.index, "--from-run", run100, "-o", folder.path("n.jsonl")] + options + labels(shared))
            #expect(refused.status == 64 && refused.messages.contains("--from-run"), "\(refused.messages)")
        }
        let nothing = try DecoyProcess.run(["mine", "-o", folder.path("n.jsonl")] + labels(shared))
        #expect(nothing.status == 64 && nothing.messages.contains("RETRIEVER"))
        let model = try DecoyProcess.run(
            ["mine", shared.model, "--from-run", run100, "-o", folder.path("n.jsonl")] + labels(shared))
        #expect(model.status == 64, "\(model.messages)")
        let broken = try folder.write("broken.trec", "q1 Q0 d1 1\n")
        let bad = try DecoyProcess.run(["mine", "--from-run", broken] + ids)
        #expect(bad.status == 2 && bad.messages.contains("broken.trec:1"), "\(bad.messages)")
        #expect(try folder.files().sorted() == ["broken.trec", "deep.trec"])
    }

    @Test("Vectors mine ids by themselves and rows of texts with a corpus; an index without texts does too.")
    func textlessRetrievers() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let bare = folder.path("bare.index")
        #expect(try DecoyProcess.run(["index", shared.dataset, "-o", bare, "--without-text"]).status == 0)
        for source in [[shared.vectors, "--model", shared.model], [bare]] {
            let ids = try run(source + ["-o", "-", "--output-format", "ids"] + labels(shared))
            #expect(!ids.isEmpty)
            let refused = try DecoyProcess.run(["mine"] + source + ["-o", "-"] + labels(shared))
            #expect(refused.status == 64 && refused.messages.contains("--corpus"))
            let rows = try run(source + ["--corpus", shared.corpus, "-o", "-"] + labels(shared))
            #expect(!rows.isEmpty)
        }
        #expect(
            try run([bare, "--corpus", shared.dataset, "-o", "-"] + labels(shared))
                == run([shared.index, "-o", "-"] + labels(shared)))
    }

    @Test("The sidecar records version, command, options, checksums and counts, and is there only beside a file.")
    func sidecar() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let output = folder.path("n.jsonl")
        _ = try run(
            [shared.index, "-o", output, "--seed", "7", "--sampling", "random", "--threads", "1"] + labels(shared))
        #expect(try folder.files().sorted() == ["n.jsonl", "n.jsonl.meta.json"])
        let record = try JSONNode(file: output + ".meta.json")
        #expect(record["options"]["seed"].number == 7 && record["retriever"].text == "bm25")
        #expect(record["analyzer"].text?.hasPrefix("english") == true)
        #expect(record["inputs"].keys.sorted() == ["index", "qrels", "queries"])
        #expect(record["command"].text?.contains("--seed 7") == true)
        #expect(
            record["command"].text?.contains("/") == false && record["command"].text?.contains("--threads") == false)
        let bytes = try Data(contentsOf: URL(filePath: output))
        #expect(record["output"]["bytes"].number == Double(bytes.count))
        let rows = bytes.split(separator: UInt8(ascii: "\n")).count
        #expect(record["counts"]["negatives"].number.map { $0 * 2 } == Double(rows))

        _ = try run([shared.index, "-o", output, "--no-metadata"] + labels(shared))
        _ = try run([shared.index, "-o", "-", "--metadata", folder.path("m.json")] + labels(shared))
        #expect(try folder.files().sorted() == ["m.json", "n.jsonl", "n.jsonl.meta.json"])
        let both = try DecoyProcess.run(
            ["mine", shared.index, "-o", output, "--metadata", output] + labels(shared))
        #expect(both.status == 64)
        let lost = try TemporaryFolder()
        let outcome = try DecoyProcess.run(
            ["mine", shared.index, "-o", lost.path("n"), "--metadata", lost.path("missing/m")] + labels(shared))
        #expect(outcome.status == 4, "\(outcome.messages)")
        #expect(try lost.files().isEmpty)
    }

    @Test(
        "The recorded command keeps values that are no paths, and paths lose their folders behind an equals sign too.")
    func recordedCommand() throws {
        let folder = try TemporaryFolder()
        let corpus = try folder.write(
            "c.jsonl",
            """
            {"_id": "a", "text": "river bank", "kind": "a/b"}
            {"_id": "b", "text": "money bank", "kind": "a/b"}
            """)
        let queries = try folder.write("q.jsonl", #"{"_id": "q", "text": "bank"}"#)
        let qrels = try folder.write("r.tsv", "query-id\tcorpus-id\tscore\nq\ta\t1\n")
        let index = folder.path("c.index")
        #expect(try DecoyProcess.run(["index", corpus, "-o", index]).status == 0)
        _ = try run([
            index, "-o", folder.path("n.jsonl"), "--queries=" + queries, "--qrels", qrels, "--filter", "kind = \"a/b\"",
        ])
        #expect(
            try JSONNode(file: folder.path("n.jsonl.meta.json"))["command"].text
                == #"decoy mine c.index --queries=q.jsonl --qrels r.tsv --filter 'kind = "a/b"'"#)
    }

    @Test("Corpora in any order, any number of threads: the same bytes, in the order of the queries.")
    func determinism() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 5)
        let lines = SampleDataset().corpus.shuffled(using: &generator).map { $0 + "\n" }.joined()
        let shuffled = folder.path("shuffled.index")
        #expect(
            try DecoyProcess.run(["index", folder.write("shuffled.jsonl", lines), "-o", shuffled, "--threads", "1"])
                .status == 0)
        for format in ["triplet", "tevatron", "dpr"] {
            let options = ["--output-format", format, "--output-scores", "--sampling", "random"] + labels(shared)
            let expected = try run([shared.index, "-o", "-", "--threads", "2"] + options)
            #expect(try run([shared.index, "-o", "-", "--threads", "1"] + options) == expected)
            #expect(try run([shuffled, "-o", "-", "--threads", "3"] + options) == expected)
        }
        let order = try JSONNode.lines(run([shared.index, "-o", "-", "--output-format", "ids"] + labels(shared)))
            .compactMap { $0["query_id"].text }
        let asked = try JSONNode.lines(String(contentsOfFile: shared.queries, encoding: .utf8))
            .compactMap { $0["_id"].text }
        #expect(order == asked.filter(Set(order).contains))
    }

    @Test(
        "Training reads ids, n-tuples, labeled lists and FlagEmbedding's rows alike, and names them where it reads no other."
    )
    func training() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        var models: Set<Data> = []
        for format in ["ids", "n-tuple", "labeled-list", "flagembedding"] {
            let rows = folder.path(format)
            _ = try run([shared.index, "-o", rows, "--output-format", format] + labels(shared))
            let model = folder.path("\(format).model")
            let outcome = try DecoyProcess.run(
                ["train", shared.dataset, "-o", model, "--negatives", rows] + Prepared.quickTraining)
            #expect(outcome.status == 0, "\(outcome.messages)")
            models.insert(try Data(contentsOf: URL(filePath: model + "/model.safetensors")))
        }
        #expect(models.count == 1)
        for format in ["tevatron", "dpr", "labeled-pair"] {
            let rows = folder.path(format)
            _ = try run([shared.index, "-o", rows, "--output-format", format] + labels(shared))
            let outcome = try DecoyProcess.run(
                ["train", shared.dataset, "-o", folder.path("none"), "--negatives", rows] + Prepared.quickTraining)
            #expect(outcome.status == 2, "\(outcome.messages)")
            #expect(format == "dpr" || outcome.messages.contains("positive_ids"), "\(outcome.messages)")
        }
    }

    @Test("Judged queries that the file of queries lacks are counted in a message and in the sidecar.")
    func missingQueries() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let all = try String(contentsOfFile: shared.queries, encoding: .utf8).split(separator: "\n")
        let judged = try String(contentsOfFile: shared.train, encoding: .utf8)
        let first = try #require(try all.first { judged.contains(try JSONNode(String($0))["_id"].text ?? "-") })
        let queries = try folder.write("q.jsonl", first + "\n")
        let outcome = try DecoyProcess.run([
            "mine", shared.index, "--queries", queries, "--qrels", shared.train, "-o", folder.path("n.jsonl"),
        ])
        #expect(outcome.status == 0 && outcome.messages.contains("are not in"), "\(outcome.messages)")
        let record = try JSONNode(file: folder.path("n.jsonl.meta.json"))
        #expect(record["counts"]["queries"].number == 1)
        #expect((record["counts"]["judgedQueriesMissing"].number ?? 0) > 0)
    }
}
