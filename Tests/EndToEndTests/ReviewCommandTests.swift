import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy review", .tags(.endToEnd))
struct ReviewCommandTests {
    private let shared: Prepared
    private let folder: TemporaryFolder
    private let fates: String
    private let strict: String
    private let negatives: String

    /// Negatives and fates, lenient and strict, mined once.
    private static let mined = Result { () throws -> TemporaryFolder in
        let (shared, folder) = (try Prepared.shared(), try TemporaryFolder())
        for (name, limit) in [("lenient", "0.999"), ("strict", "0.01")] {
            let options = ["--max-false-negative-probability", limit, "--explain", folder.path(name + ".fates")]
            let outcome = try DecoyProcess.run(mine(shared, folder.path(name), options))
            guard outcome.status == 0 else { throw PreparationFailed(description: outcome.messages) }
        }
        return folder
    }

    init() throws {
        shared = try Prepared.shared()
        folder = try TemporaryFolder()
        let mined = try Self.mined.get()
        fates = try folder.write("fates.jsonl", mined.bytes("lenient.fates"))
        strict = try folder.write("strict.jsonl", mined.bytes("strict.fates"))
        negatives = try folder.write("negatives.jsonl", mined.bytes("lenient"))
    }

    private func mine(_ output: String, _ options: [String]) -> [String] { Self.mine(shared, output, options) }

    private static func mine(_ shared: Prepared, _ output: String, _ options: [String]) -> [String] {
        [
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", output,
            "--num-negatives", "3",
        ] + options
    }

    private func review(_ file: String? = nil, _ options: [String]) -> [String] {
        [
            "review", file ?? fates, "--queries", shared.queries, "--qrels", shared.train, "--corpus", shared.index,
        ] + options
    }

    private func state(_ reviewer: String, _ options: [String] = []) throws -> JSONNode {
        let outcome = try DecoyProcess.run(review(nil, ["--json", "--reviewer", reviewer] + options))
        #expect(outcome.status == 0, "\(outcome.messages)")
        return try JSONNode(outcome.output)
    }

    private func questions(_ file: String? = nil, _ options: [String] = []) throws -> [JSONNode] {
        let outcome = try DecoyProcess.run(review(file, ["--list"] + options))
        #expect(outcome.status == 0, "\(outcome.messages)")
        return try outcome.output.split(separator: "\n").map { try JSONNode(String($0)) }
    }

    private func name(_ node: JSONNode) -> String { "\(node["query"].text ?? "") \(node["document"].text ?? "")" }

    private func answers() throws -> [JSONNode] {
        try String(contentsOfFile: fates + ".review.jsonl", encoding: .utf8).split(separator: "\n")
            .map { try JSONNode(String($0)) }
    }

    @Test("Words on standard input answer the most doubtful questions in turn; undo brings one back; all is saved.")
    func words() throws {
        let order = try questions()
        let probabilities = order.map { $0["falseNegativeProbability"].number ?? -1 }
        #expect(probabilities.count > 6 && probabilities == probabilities.sorted(by: >))
        #expect(!FileManager.default.fileExists(atPath: fates + ".review.jsonl"))
        let outcome = try DecoyProcess.run(
            review(nil, ["--reviewer", "ann", "--limit", "5"]),
            input: "wrong\nrelevant\nundo\nunsure\nskip\n\nr\nmore\n?\nquit\nwrong\n")
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.output.contains("Question 1 of 5") && outcome.output.contains("taken back"))
        #expect(outcome.messages.contains("ann answered 3 of 5 questions: wrong 1, relevant 1, unsure 1"))
        let lines = try answers()
        #expect(lines.map(name) == [0, 1, 1, 1, 3].map { name(order[$0]) })
        #expect(lines.map { $0["verdict"].text } == ["wrong", "relevant", nil, "unsure", "relevant"])
        // The next call goes on: the skipped question is the first without an answer.
        _ = try DecoyProcess.run(review(nil, ["--reviewer", "ann", "--limit", "5"]), input: "w\nw\nw\n")
        #expect(try answers().dropFirst(5).map(name) == [2, 4].map { name(order[$0]) })
        let state = try state("ann", ["--limit", "5"])
        #expect(state["answered"].number == 5 && state["total"].number == 5 && state["question"].keys.isEmpty)
        #expect(
            try questions(nil, ["--reviewer", "ann"]).prefix(3).map { $0["verdict"].text } == [
                "wrong", "unsure", "wrong",
            ])
    }

    @Test("Files of negatives in every format that is read make the same questions; fates beside give their numbers.")
    func formats() throws {
        let order = try questions().map(name)
        for format in ["ids", "triplet", "n-tuple", "labeled-list", "flagembedding"] {
            let file = folder.path(format + ".jsonl")
            let options = ["--max-false-negative-probability", "0.999", "--output-format", format, "--output-scores"]
            #expect(try DecoyProcess.run(mine(file, options)).status == 0)
            #expect(try Set(questions(file).map(name)) == Set(order), "\(format)")
        }
        #expect(try questions(folder.path("triplet.jsonl"), ["--fates", fates]).map(name) == order)
        let dataset = try DecoyProcess.run(["review", fates, "--dataset", shared.dataset, "--list"])
        #expect(dataset.output == (try DecoyProcess.run(review(nil, ["--list"])).output))
        // What the estimate rejects is asked on demand.
        let (kept, all) = (try questions(strict), try questions(strict, ["--include-rejected"]))
        #expect(all.count > kept.count && (all[0]["falseNegativeProbability"].number ?? 0) > 0.01)
    }

    @Test("Killed between answers it has lost none that it took.")
    func kill() throws {
        var random = SeededGenerator(seed: UInt64(Date().timeIntervalSince1970))
        var taken = 0
        for round in 0..<5 {
            let shown = folder.path("shown-\(round)")
            try Data().write(to: URL(filePath: shown))
            let process = try DecoyProcess(
                review(nil, ["--reviewer", "ann"]), output: FileHandle(forWritingTo: URL(filePath: shown)))
            func acknowledged() throws -> Int {
                try String(contentsOfFile: shown, encoding: .utf8).split(separator: "\n").count { $0 == "wrong" }
            }
            let wanted = Int.random(in: 1...3, using: &random)
            try process.write(String(repeating: "wrong\n", count: 4))
            try process.wait { try acknowledged() >= wanted }
            process.signal(SIGKILL)
            _ = try process.finish()
            taken += try acknowledged()
            let answered = try answers().count
            #expect(answered >= taken, "seed \(random.seed), round \(round)")
            taken = answered
        }
        #expect(taken >= 5)
        #expect(try state("ann")["answered"].number == Double(min(taken, questions().count)))
        // A line that was torn is cut off by the next writer.
        let log = try FileHandle(forUpdating: URL(filePath: fates + ".review.jsonl"))
        try log.seekToEnd()
        try log.write(contentsOf: Data(#"{"document":"#.utf8))
        try log.close()
        #expect(try DecoyProcess.run(review(nil, ["--reviewer", "bob"]), input: "relevant\n").status == 0)
        #expect(try answers().count == taken + 1)
    }

    @Test("Two who answer at the same time lose nothing, and their agreement is told.")
    func together() throws {
        let processes = try ["ann", "bob"].map { try DecoyProcess(review(nil, ["--reviewer", $0, "--limit", "6"])) }
        for _ in 0..<2 {
            for process in processes { try process.write("wrong\nrelevant\n") }
        }
        try processes[0].write("wrong\nwrong\n")
        try processes[1].write("wrong\nunsure\n")
        for process in processes {
            try process.closeInput()
            #expect(try process.finish().status == 0)
        }
        let state = try state("cem", ["--limit", "6"])
        #expect(state["reviewers"].items.map { $0["answered"].number } == [6, 6] && state["answered"].number == 0)
        let agreement = state["agreements"].items[0]
        // 5 of 6 agree; chance 4/6 x 3/6 + 2/6 x 2/6 = 16/36: (30 - 16) / (36 - 16).
        #expect(agreement["reviewers"].items.map(\.text) == ["ann", "bob"] && agreement["questions"].number == 6)
        #expect(abs((agreement["kappa"].number ?? 0) - 0.7) < 1e-12)
        let table = try DecoyProcess.run(review(nil, ["--progress", "--limit", "6"])).output
        #expect(table.contains("ann, bob") && table.contains("83.3 %") && table.contains("0.700"))
    }

    @Test("--apply makes judgements: mining with them rejects what is relevant and keeps what is wrong.")
    func apply() throws {
        let order = try questions(strict, ["--include-rejected"])
        let outcome = try DecoyProcess.run(
            review(strict, ["--include-rejected", "--reviewer", "ann"]), input: "relevant\nwrong\nunsure\nwrong\n")
        #expect(outcome.status == 0)
        let reviewed = folder.path("reviewed")
        let applied = try DecoyProcess.run(["review", strict, "--qrels", shared.train, "--apply", reviewed])
        #expect(applied.status == 0, "\(applied.messages)")
        #expect(
            applied.messages.contains("1 relevant (1 new in the judgements), 2 truly wrong; left out: 1 unsure, 0 "))
        func line(_ place: Int, _ grade: Int) -> String {
            "\(order[place]["query"].text ?? "")\t\(order[place]["document"].text ?? "")\t\(grade)"
        }
        func lines(_ path: String) throws -> Set<String> {
            Set(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map(String.init))
        }
        #expect(try lines(reviewed + "/qrels.tsv").subtracting(lines(shared.train)) == [line(0, 1)])
        #expect(try lines(reviewed + "/judged.tsv") == [line(0, 1), line(1, 0), line(3, 0)])
        let again = folder.path("again.jsonl")
        let mined = try DecoyProcess.run(
            mine(
                folder.path("m.jsonl"),
                ["--max-false-negative-probability", "0.01", "--judged", reviewed + "/judged.tsv", "--explain", again]))
        #expect(mined.status == 0 && mined.messages.contains("kept as judged wrong, which filters would have rejected"))
        var found: [String: JSONNode] = [:]
        for line in try String(contentsOfFile: again, encoding: .utf8).split(separator: "\n") {
            let node = try JSONNode(String(line))
            found[name(node)] = node
        }
        #expect(found[name(order[0])]?["fate"].text != "kept")
        #expect(found[name(order[1])]?["fate"].text == "kept")
        #expect(found[name(order[1])]?["overruled"].text == "falseNegativeProbability")
    }

    @Test("At a terminal single keys answer, arrows skip, and the terminal is left as it was, also when interrupted.")
    func keys() throws {
        for isInterrupted in [false, true] {
            let terminal = try PseudoTerminal()
            let process = try DecoyProcess(
                review(nil, ["--reviewer", "key \(isInterrupted)", "--limit", "4"]),
                environment: ["TERM": "xterm", "NO_COLOR": ""], input: terminal.end, output: terminal.end)
            #expect(try terminal.read(until: "q quit").contains("Question 1 of 4"))
            #expect(!terminal.isPlain)
            terminal.type("xw")
            #expect(try terminal.read(until: "q quit").contains("Question 2 of 4"))
            terminal.type("\u{1B}[C")
            _ = try terminal.read(until: "q quit")
            terminal.type("rz")
            #expect(try terminal.read(until: "taken back").contains("relevant"))
            terminal.type("u?")
            let help = try terminal.read(until: "go on later")
            #expect(help.contains("unsure"), "\(help)")
            // The query's words stand out.
            #expect(help.contains("\u{1B}[1m"))
            if isInterrupted { process.signal(SIGINT) } else { terminal.type("q") }
            let outcome = try process.finish()
            #expect(outcome.status == (isInterrupted ? 130 : 0), "\(outcome.messages)")
            #expect(terminal.isPlain)
            _ = try? terminal.readToEnd()
            #expect(try state("key \(isInterrupted)", ["--limit", "4"])["answered"].number == 2)
        }
        #expect(
            try answers().filter { $0["reviewer"].text == "key true" }.map { $0["verdict"].text } == [
                "wrong", "relevant", nil, "unsure",
            ])
    }

    @Test(
        "Texts from outside move no cursor, and words wider than a line are broken; long texts are cut until asked for."
    )
    func hostile() throws {
        let long = (0..<400).map { "word\($0)" }.joined(separator: " ")
        try folder.write(
            "set/corpus.jsonl",
            #"{"_id": "p", "title": "", "text": "fine"}"# + "\n"
                + #"{"_id": "d\u001b", "title": "\u001b[2J\u0007", "text": "\#(String(repeating: "x", count: 200)) \#(long)"}"#
                .replacing("d\\u001b", with: "d") + "\n")
        try folder.write("set/queries.jsonl", #"{"_id": "q", "text": "a\u001b]0;evil\u0007 b"}"# + "\n")
        try folder.write("set/qrels/train.tsv", "query-id\tcorpus-id\tscore\nq\tp\t1\n")
        let file = try folder.write(
            "ids.jsonl", #"{"query_id": "q", "positive_ids": ["p"], "negative_ids": ["d"]}"# + "\n")
        let outcome = try DecoyProcess.run(
            ["review", file, "--dataset", folder.path("set"), "--reviewer", "ann"], input: "more\nquit\n")
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(!outcome.output.contains("\u{1B}") && outcome.output.contains("\u{FFFD}[2J\u{FFFD}"))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 90 })
        let parts = outcome.output.components(separatedBy: "Question 1 of 1")
        #expect(parts.count == 3 && parts[1].contains("more lines (m shows all)") && !parts[1].contains("word399"))
        #expect(parts[2].contains("word399"))
    }

    @Test("What cannot be used ends with the documented exit code and says why.", .tags(.fault))
    func faults() throws {
        func fails(_ arguments: [String], _ status: Int32, _ message: String, input: String = "") throws {
            let outcome = try DecoyProcess.run(arguments, input: input)
            #expect(outcome.status == status && outcome.messages.contains(message), "\(arguments) \(outcome.messages)")
        }
        try fails(review(nil, ["--reviewer", "ann"]), 2, #"<stdin>:2: "maybe" is no answer"#, input: "wrong\nmaybe\n")
        #expect(try answers().count == 1)
        try fails(review(nil, ["--reviewer", " "]), 64, "is no reviewer's name")
        try fails(review(nil, ["--progress", "--list"]), 64, "exclude each other")
        try fails(["review", fates], 64, "give --corpus")
        try fails(["review", fates, "--dataset", shared.dataset, "--split", "none"], 4, "the dataset has")
        try fails(review(folder.path("missing"), []), 4, "no such file")
        try fails(review(folder.write("bad.jsonl", "{\"fate\": 1}\n"), []), 2, "bad.jsonl:1: missing field")
        try fails(
            review(folder.write("other.jsonl", #"{"query": "q", "document": "d", "fate": "kept"}"#), []), 2, "is not in"
        )
        try fails(
            ["review", fates, "--queries", shared.queries, "--qrels", shared.test, "--corpus", shared.index, "--list"],
            2, "has no relevant document in")
        try fails(["review", negatives, "--qrels", shared.train, "--apply", folder.path("a")], 4, "review.jsonl")
        try fails(
            ["review", fates, "--qrels", shared.test, "--apply", folder.path("a")], 2,
            "none of its queries is judged in")
        try folder.write("fates.jsonl.review.jsonl", "nonsense\n")
        try fails(review(nil, ["--progress"]), 2, "review.jsonl:1: broken JSON")
        try fails(review(nil, []), 2, "mend or remove the line", input: "wrong\n")
    }
}
