import DecoyTestSupport
import Foundation
import Testing

@Suite("Cross-encoders in rerank and mine", .tags(.endToEnd))
struct CrossEncoderCommandTests {
    /// The scores of a run by query and document.
    private func scores(_ text: String) -> [String: [String: Double]] {
        var scores: [String: [String: Double]] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: " ").map(String.init)
            scores[cells[0], default: [:]][cells[2]] = Double(cells[4])
        }
        return scores
    }

    private func model(_ shared: Prepared, in folder: TemporaryFolder, labels: Int = 1) throws -> String {
        let texts = try String(contentsOfFile: shared.corpus, encoding: .utf8)
        let words = texts.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        var model = TinyCrossEncoder(words: words)
        model.labels = labels
        return try model.write(into: folder, as: "model\(labels)")
    }

    @Test(
        "A cross-encoder ranks the first documents again, with texts of a corpus or of an index, whatever the threads.")
    func rerank() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let model = try model(shared, in: folder)
        let options = ["--model", model, "--queries", shared.queries, "--depth", "6"]
        let outcome = try DecoyProcess.run(["rerank", shared.run, "--corpus", shared.dataset] + options)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains("by cross-encoder") && !outcome.messages.contains("does not know"))
        let first = scores(try String(contentsOfFile: shared.run, encoding: .utf8))
        let reranked = scores(outcome.output)
        #expect(reranked.mapValues { Set($0.keys) } == first.mapValues { Set($0.keys) })
        for (query, documents) in reranked {
            let best = Set(
                (first[query] ?? [:]).sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(6).map(\.key))
            for (document, score) in documents {
                #expect(best.contains(document) == (score > 0 && score < 1), "\(query) \(document) \(score)")
            }
        }
        #expect(reranked.values.contains { Set($0.values).count > 2 })
        let indexed = try DecoyProcess.run(["rerank", shared.run, shared.index, "--threads", "1"] + options)
        #expect(indexed.output == outcome.output)
        let file = folder.path("out.trec")
        let mixed = try DecoyProcess.run(
            ["rerank", shared.run, "--corpus", shared.corpus, "--interpolate", "0", "-o", file, "--json"] + options)
        #expect(try JSONNode(mixed.output)["retriever"].text == "cross-encoder", "\(mixed.messages)")
    }

    @Test("Without texts, with a wrong model or with a retriever's options the call ends with the cause.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let good = ["--model", try model(shared, in: folder), "--queries", shared.queries]
        let two = ["--model", try model(shared, in: folder, labels: 2), "--queries", shared.queries]
        let other = try folder.write("other.jsonl", #"{"_id": "x", "title": "", "text": "y"}"# + "\n")
        for (options, status, fragment) in [
            ([shared.run] + good, 64, "reads texts"), ([shared.run, shared.vectors] + good, 64, "an index"),
            ([shared.run, shared.index, "--corpus", shared.corpus] + good, 64, "not both"),
            ([shared.run, "--corpus", shared.corpus, "--k1", "1"] + good, 64, "--k1"),
            ([shared.run, "--corpus", shared.corpus] + two, 3, "2 labels"),
            ([shared.run, "--corpus", other] + good, 2, "holds none of the documents"),
            ([shared.run, shared.index, "--corpus", other, "--queries", shared.queries], 64, "a cross-encoder"),
        ] {
            let outcome = try DecoyProcess.run(["rerank"] + options + ["-o", folder.path("out")])
            #expect(outcome.status == Int32(status), "\(options): \(outcome.messages)")
            #expect(outcome.messages.contains(fragment), "\(options): \(outcome.messages)")
        }
    }

    @Test("As mining's teacher it rejects what it scores above the positives, and its scores stand in the rows.")
    func teacher() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let model = try model(shared, in: folder)
        let deep = folder.path("deep.trec")
        #expect(
            try DecoyProcess.run(["search", shared.index, "--queries", shared.queries, "-k", "1000", "-o", deep]).status
                == 0)
        let known = scores(
            try DecoyProcess.run([
                "rerank", deep, shared.index, "--model", model, "--queries", shared.queries, "--depth", "1000",
            ]).output)
        let call = [
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-", "--output-format",
            "ids", "--relative-margin", "-1", "--num-negatives", "3",
        ]
        let outcome = try DecoyProcess.run(call + ["--teacher", model, "--teacher-scores"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains("teacher") && outcome.messages.contains("the teacher read"))
        var negatives = 0
        for row in try JSONNode.lines(outcome.output) {
            let query = row["query_id"].text ?? ""
            let positive = row["positive_ids"].items.compactMap(\.text)
            let negative = row["negative_ids"].items.compactMap(\.text)
            let scores = row["scores"].items.compactMap(\.number)
            #expect(scores.count == positive.count + negative.count)
            let lowest = scores.prefix(positive.count).min() ?? 0
            for (document, score) in zip(positive + negative, scores) {
                #expect(abs((known[query]?[document] ?? 9) - score) < 1e-5, "\(query) \(document)")
            }
            for score in scores.dropFirst(positive.count) { #expect(score <= lowest) }
            negatives += negative.count
        }
        #expect(negatives > 0)
        let single = try DecoyProcess.run(call + ["--teacher", model, "--teacher-scores", "--threads", "1"])
        #expect(single.output == outcome.output)
        let without = try DecoyProcess.run(call)
        #expect(try JSONNode.lines(without.output).count >= JSONNode.lines(outcome.output).count)
        for (options, fragment) in [
            (["--teacher-scores"], "goes with --teacher"),
            (["--teacher", model, "--teacher-model", shared.model], "is a cross-encoder"),
        ] {
            let wrong = try DecoyProcess.run(call + options)
            #expect(wrong.status == 64 && wrong.messages.contains(fragment), "\(wrong.messages)")
        }
    }
}
