import DecoyTestSupport
import Foundation
import Testing

@Suite("Options of decoy mine", .tags(.endToEnd))
struct MiningOptionTests {
    private func mine(_ shared: Prepared, _ options: [String]) throws -> DecoyProcess.Outcome {
        try DecoyProcess.run(
            [
                "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-",
                "--output-format", "ids",
            ] + options)
    }

    /// The negatives of each query.
    private func negatives(_ outcome: DecoyProcess.Outcome) throws -> [String: [String]] {
        #expect(outcome.status == 0, "\(outcome.messages)")
        var negatives: [String: [String]] = [:]
        for row in try JSONNode.lines(outcome.output) {
            negatives[row["query_id"].text ?? ""] = row["negative_ids"].items.compactMap(\.text)
        }
        return negatives
    }

    @Test("With --pool train-positives negatives are answers of other queries, the best of them in order.")
    func pool() throws {
        let shared = try Prepared.shared()
        let judged = try String(contentsOfFile: shared.train, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t").map(String.init) }.filter { $0.count == 3 && $0[2] != "0" }
        let relevant = Set(judged.map { $0[1] })
        let options = ["--relative-margin", "-1", "--num-negatives", "3", "--range-max", "40"]
        let limited = try negatives(mine(shared, options + ["--pool", "train-positives"]))
        let deep = try negatives(
            mine(shared, ["--relative-margin", "-1", "--num-negatives", "40", "--range-max", "40"]))
        #expect(!limited.isEmpty && limited.values.contains { !$0.isEmpty })
        for (query, documents) in limited {
            #expect(documents == Array((deep[query] ?? []).filter(relevant.contains).prefix(3)), "\(query)")
        }
        let wrong = try mine(shared, ["--pool", "some"])
        #expect(wrong.status == 64 && wrong.messages.contains("train-positives"))
    }

    @Test("A mixture deals out its shares, and its report has the sources' own.")
    func mixture() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let mixed = try negatives(
            mine(
                shared,
                [
                    "--mix", "bm25=2,dense=1,neighbours=1,random=1", "--dense", shared.vectors, "--model", shared.model,
                    "--relative-margin", "-1", "--report", folder.path("report.json"),
                ]))
        let lexical = try negatives(mine(shared, ["--num-negatives", "2", "--relative-margin", "-1"]))
        #expect(!mixed.isEmpty && mixed.keys.sorted() == lexical.keys.sorted())
        for (query, documents) in mixed {
            #expect(documents.count == 5 && Set(documents).count == 5)
            #expect(Array(documents.prefix(2)) == lexical[query])
        }
        let report = try JSONNode(file: folder.path("report.json"))
        #expect(report["retriever"].text == "bm25=2,dense=1,neighbours=1,random=1")
        #expect(
            report["sources"].items.map { $0["retriever"].text } == ["bm25", "dense", "neighbours", "random"])
    }

    @Test("Teacher, answers, judgements and groups reject what they should, and the report names each.")
    func evidence() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let plain = try negatives(mine(shared, ["--relative-margin", "-1", "--num-negatives", "3"]))
        let query = try #require(plain.keys.sorted().first)
        let negatives = try #require(plain[query])
        let judged = try folder.write("judged.tsv", "\(query) 0 \(negatives[0]) 1\n\(query) 0 \(negatives[2]) 0\n")
        let positives = try String(contentsOfFile: shared.train, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t") }.filter { $0[0] == query }.map { $0[1] }
        let run = try folder.write(
            "teacher.trec",
            ([(1, 9), (2, 8)].map { "\(query) Q0 \(negatives[$0]) \($0) \($1) t" }
                + positives.map { "\(query) Q0 \($0) 3 5 t" })
                .joined(separator: "\n") + "\n")
        let answers = try folder.write("answers.jsonl", #"{"query_id": "\#(query)", "answers": ["NO SUCH  answer"]}"#)
        let outcome = try mine(
            shared,
            [
                "--relative-margin", "-1", "--num-negatives", "3", "--judged", judged, "--teacher", run, "--answers",
                answers, "--report", folder.path("report.json"),
            ])
        let filtered = try self.negatives(outcome)[query] ?? []
        #expect(!filtered.contains(negatives[0]) && !filtered.contains(negatives[1]) && filtered.count == 3)
        // The teacher is overruled by who judged.
        #expect(filtered.contains(negatives[2]))
        let report = try JSONNode(file: folder.path("report.json"))
        #expect(report["rejected"]["judgedRelevant"].number == 1 && report["rejected"]["teacher"].number == 1)
        let names = report["filters"].items.compactMap(\.text)
        #expect(["judgedRelevant", "answer", "teacher"].allSatisfy { names.contains($0) })
    }

    @Test("Too few survivors are counted whatever is done about them.")
    func shortfall() throws {
        let shared = try Prepared.shared()
        let narrow = ["--num-negatives", "4", "--range-max", "4", "--relative-margin", "0.3"]
        var counts: [String: Int] = [:]
        for choice in ["keep", "widen", "fill-random", "drop"] {
            let outcome = try mine(shared, narrow + ["--if-too-few", choice])
            let rows = try negatives(outcome)
            counts[choice] = rows.values.reduce(0) { $0 + $1.count }
            if choice == "drop" { #expect(rows.values.allSatisfy { $0.count == 4 }) }
            let said = ["widen": "looked deeper", "fill-random": "random documents", "drop": "dropped"][choice]
            if let said { #expect(outcome.messages.contains(said), "\(outcome.messages)") }
        }
        let kept = counts["keep"] ?? 0
        #expect(counts["widen"] ?? 0 > kept && counts["fill-random"] ?? 0 > kept && counts["drop"] ?? 0 <= kept)
        #expect(try negatives(mine(shared, narrow)) == negatives(mine(shared, narrow + ["--if-too-few", "widen"])))
    }

    @Test("Wrong values and files that don't belong are refused, and nothing is written.")
    func mistakes() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let foreign = try folder.write("foreign.jsonl", #"{"query_id": "nobody", "answers": ["a"]}"#)
        let run = try folder.write("foreign.trec", "nobody Q0 d 1 1 t\n")
        let broken = try folder.write("broken.jsonl", #"{"query_id": "q"}"#)
        let cases: [([String], Int32, String)] = [
            (["--mix", "bm25"], 64, "--mix"), (["--mix", "bm25=0"], 64, "--mix"),
            (["--mix", "bm25=1,bm25=2"], 64, "--mix"),
            (["--mix", "dense=1"], 64, "--dense VECTORS"), (["--mix", "hybrid=1"], 64, "--dense VECTORS"),
            (["--mix", "bm25=1", "--output-scores"], 64, "--output-scores"),
            (["--near-duplicate-threshold", "0"], 64, "--near-duplicate-threshold 0"),
            (["--relevance-weight", "2"], 64, "--relevance-weight 2"), (["--if-too-few", "never"], 64, "never"),
            (["--shingle-length", "0"], 64, "length 0"), (["--teacher-margin", "1"], 64, "--teacher"),
            (["--teacher", run, "--teacher-margin", "-1"], 64, "--teacher-margin"), (["--teacher", run], 2, "judged"),
            (["--teacher", run, "--teacher-model", shared.model], 64, "--teacher-model"),
            (["--teacher", shared.vectors], 64, "--teacher-model"), (["--teacher", shared.model], 64, "is a model"),
            (["--teacher", folder.path("none")], 4, "none"), (["--answers", foreign], 2, "judged"),
            (["--answers", broken], 2, "missing field \"answers\""), (["--judged", run], 2, "a line of a run"),
            (["--group-field", ""], 64, "--group-field"), (["--group-field", "url"], 64, "no document has"),
        ]
        for (options, status, message) in cases {
            let outcome = try mine(shared, options)
            #expect(
                outcome.status == status && outcome.output.isEmpty, "\(options): \(outcome.status) \(outcome.messages)")
            #expect(outcome.messages.contains(message), "\(options): \(outcome.messages)")
        }
    }
}
