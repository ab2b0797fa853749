import DecoyTestSupport
import Foundation
import Testing

@Suite("Shards on the command line", .tags(.endToEnd))
struct ShardCommandTests {
    private func decoy(_ arguments: [String], environment: [String: String] = [:]) throws -> DecoyProcess.Outcome {
        try DecoyProcess.run(arguments, environment: environment)
    }

    /// Runs and expects success.
    private func run(_ arguments: [String], environment: [String: String] = [:]) throws {
        let outcome = try decoy(arguments, environment: environment)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test("Tasks of a Slurm array, one of them killed and repeated, one run twice, give the run of the whole.")
    func array() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let queries = ["--queries", shared.queries, "-k", "7", "-q"]
        func index(_ number: Int) -> String { folder.path("s\(number).index") }
        for number in 0..<3 {
            let slurm = [
                "SLURM_ARRAY_TASK_ID": "\(number + 5)", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "5",
            ]
            let task = ["index", shared.corpus, "-o", index(number), "--shard", "auto", "-q"]
            if number == 1 {
                // Killed while it waits for the rest of its input.
                let process = try DecoyProcess(["index", "-", "-o", index(1), "--shard", "1/3", "-q"])
                try process.write("{\"_id\": \"a\", \"text\": \"crane\"}\n")
                Thread.sleep(forTimeInterval: 0.2)
                process.signal(SIGKILL)
                #expect(try process.finish().status == -1)
                #expect(!FileManager.default.fileExists(atPath: index(1)))
            }
            try run(task, environment: slurm)
            if number == 2 {
                let first = try FolderContents(index(2))
                try run(task + ["--force"], environment: slurm)
                #expect(try FolderContents(index(2)).differences(from: first).isEmpty)
            }
            try run(["stats", index(number), "-o", folder.path("s\(number).stats"), "-q"])
        }
        let stats = (0..<3).map { folder.path("s\($0).stats") }
        try run(["stats", "merge"] + stats + ["-o", folder.path("all.stats"), "-q"])
        try run(["stats", "merge"] + stats.reversed() + ["-o", folder.path("again.stats"), "-q"])
        #expect(try bytes(folder.path("all.stats")) == bytes(folder.path("again.stats")))
        let runs = (0..<3).map { folder.path("s\($0).trec") }
        for number in 0..<3 {
            try run(
                ["search", index(number), "--global-stats", folder.path("all.stats"), "-o", runs[number]] + queries)
        }
        try run(["search", shared.index, "-o", folder.path("whole.trec")] + queries)
        for (number, order) in [runs, runs.reversed()].enumerated() {
            let merged = folder.path("merged\(number).trec")
            try run(["run", "merge"] + order + ["-o", merged, "-q"])
            #expect(try bytes(merged) == bytes(folder.path("whole.trec")))
        }
        // A part of the runs, and then the rest.
        try run(["run", "merge", runs[2], runs[0], "-o", folder.path("part.trec"), "--partial", "-q"])
        try run(["run", "merge", folder.path("part.trec"), runs[1], "-o", folder.path("whole2.trec"), "-q"])
        #expect(try bytes(folder.path("whole2.trec")) == bytes(folder.path("whole.trec")))

        let missing = try decoy(["run", "merge", runs[0], runs[1], "-o", folder.path("x.trec")])
        #expect(missing.status == 2 && missing.messages.contains("missing: 2;"), "\(missing.messages)")
        let twice = try decoy(["run", "merge"] + runs + [runs[0], "-o", folder.path("x.trec")])
        #expect(twice.status == 2 && twice.messages.contains("shard 0 of 3 is in"), "\(twice.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.trec")))

        let complete = try decoy(["shards", "status", folder.path])
        #expect(complete.status == 0, "\(complete.output) \(complete.messages)")
        #expect(complete.output.contains("index      3 of 3 shards"))
        try FileManager.default.removeItem(atPath: index(1))
        try Data("short".utf8).write(to: URL(fileURLWithPath: runs[2]))
        let status = try decoy(["shards", "status", folder.path, "--json"])
        #expect(status.status == 2, "\(status.messages)")
        let json = try JSONNode(status.output)
        #expect(json["groups"].items.first?["missing"].items.map(\.number) == [1])
        #expect(json["damaged"].items.count == 1)
    }

    @Test(
        "Shards searched for fewer documents, and again for queries that these leave open, give the run of the whole.")
    func rounds() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        func path(_ name: String) -> String { folder.path(name) }
        for number in 0..<3 {
            try run(["index", shared.corpus, "-o", path("\(number)"), "--shard", "\(number)/3", "-q"])
            try run(["stats", path("\(number)"), "-o", path("\(number).stats"), "-q"])
        }
        try run(["stats", "merge"] + (0..<3).map { path("\($0).stats") } + ["-o", path("all.stats"), "-q"])
        func search(_ round: String, _ options: [String], shards: [Int] = [0, 1, 2]) throws -> [String] {
            for number in shards {
                try run(
                    ["search", path("\(number)"), "--global-stats", path("all.stats"), "--queries", shared.queries]
                        + options + ["-o", path("\(round)\(number).trec"), "-q"])
            }
            return shards.map { path("\(round)\($0).trec") }
        }
        try run(["search", shared.index, "--queries", shared.queries, "-k", "7", "-o", path("whole.trec"), "-q"])
        let first = try search("first", ["-k", "3"])
        let merged = path("merged.trec")
        func merge(_ runs: [String], _ options: [String] = ["-k", "7"]) throws -> DecoyProcess.Outcome {
            try decoy(["run", "merge"] + runs + options + ["-o", merged])
        }
        let open = try merge(first)
        #expect(open.status == 2 && open.messages.contains("decoy run unsure"), "\(open.messages)")
        #expect(!FileManager.default.fileExists(atPath: merged))
        try run(["run", "unsure"] + first.reversed() + ["-k", "7", "-o", path("unsure.txt"), "-q"])
        let unsure = try String(contentsOfFile: path("unsure.txt"), encoding: .utf8).split(separator: "\n")
        #expect(!unsure.isEmpty)
        let second = try search("second", ["-k", "7", "--only", path("unsure.txt")])
        #expect(try merge(second.reversed() + first, []).status == 0)
        #expect(try bytes(merged) == bytes(path("whole.trec")))
        // Each round merged for itself, and then both.
        try run(["run", "merge"] + second + ["-o", path("second.trec"), "-q"])
        #expect(try merge(first + [path("second.trec")]).status == 0)
        #expect(try bytes(merged) == bytes(path("whole.trec")))

        let missing = try merge(first + second.dropLast())
        #expect(missing.status == 2 && missing.messages.contains("not of the same shards"), "\(missing.messages)")
        let deeper = try merge(first + second, ["-k", "8"])
        #expect(deeper.status == 64 && deeper.messages.contains("searched again with -k 7"), "\(deeper.messages)")
        let fewer = try folder.write("fewer.txt", unsure.dropLast().joined(separator: "\n"))
        let others = try search("other", ["-k", "7", "--only", fewer])
        let mixed = try merge(first + [others[0]] + second.dropFirst())
        #expect(mixed.status == 2 && mixed.messages.contains("answers other queries"), "\(mixed.messages)")
        if unsure.count > 1 { #expect(try merge(first + others).status == 2) }
        let unknown = try folder.write("unknown.txt", "no-such-query\n")
        let wrong = try decoy(
            ["search", path("0"), "--queries", shared.queries, "--only", unknown, "-o", path("x.trec")])
        #expect(wrong.status == 2 && wrong.messages.contains("no-such-query"), "\(wrong.messages)")
        #expect(!FileManager.default.fileExists(atPath: path("x.trec")))
        #expect(try decoy(["search", path("0"), "crane", "--only", unknown]).status == 64)
        for name in others { try FileManager.default.removeItem(atPath: name + ".shard.json") }
        let status = try decoy(["shards", "status", folder.path])
        #expect(status.status == 0 && status.output.contains("run --only 3 of 3"), "\(status.output)")
    }

    @Test("What is damaged, of other documents, or there twice is named, with 2; --verify finds a byte within a file.")
    func status() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        #expect(try decoy(["shards", "status", folder.path]).status == 2)
        for number in 0..<3 {
            try run(["index", shared.corpus, "-o", folder.path("\(number)"), "--shard", "\(number)/3", "-q"])
        }
        #expect(try decoy(["shards", "status", folder.path, "--verify"]).status == 0)
        let lines = try String(contentsOfFile: shared.corpus, encoding: .utf8).split(separator: "\n")
        let fewer = try folder.write("fewer.jsonl", lines.dropLast().joined(separator: "\n"))
        try run(["index", fewer, "-o", folder.path("0"), "--shard", "0/3", "-q", "--force"])
        try run(["index", shared.corpus, "-o", folder.path("2b"), "--shard", "2/3", "-q"])
        let named = try decoy(["shards", "status", folder.path])
        #expect(named.status == 2)
        #expect(named.output.contains("missing  run again: --shard 0/3"), "\(named.output)")
        #expect(named.output.contains("\(folder.path("0")): made of other documents"), "\(named.output)")
        #expect(named.output.contains("shard 2: \(folder.path("2")), \(folder.path("2b"))"), "\(named.output)")
        let texts = folder.path("1/segment-1.texts")
        var bytes = try bytes(texts)
        bytes[20] ^= 1
        try bytes.write(to: URL(fileURLWithPath: texts))
        let verified = try decoy(["shards", "status", folder.path, "--verify", "--json"])
        #expect(verified.status == 2)
        #expect(try JSONNode(verified.output)["damaged"].items.first?["path"].text == folder.path("1"))
    }

    @Test(
        "What does not fit is refused with its remedy: statistics of others, changes without --shard, no Slurm array.")
    func refusals() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = folder.path("0.index")
        try run(["index", shared.corpus, "-o", index, "--shard", "0/2", "-q"])
        let inspected = try JSONNode(try decoy(["inspect", index, "--json"]).output)
        #expect(inspected["shard"]["count"].number == 2 && inspected["shard"]["inputs"].text?.count == 16)
        let auto = try decoy(["index", shared.corpus, "-o", folder.path("x"), "--shard", "auto"])
        #expect(auto.status == 64 && auto.messages.contains("SLURM_ARRAY_TASK_ID"))
        let change = try decoy(["index", shared.corpus, "-o", index, "--update"])
        #expect(change.status == 64 && change.messages.contains("--shard 0/2"), "\(change.messages)")
        try run(["index", shared.corpus, "-o", index, "--update", "--shard", "0/2", "-q"])
        let whole = try decoy(["stats", shared.index, "-o", folder.path("x.stats")])
        #expect(whole.status == 2 && whole.messages.contains("is no shard"), "\(whole.messages)")
        try run(["index", shared.corpus, "-o", folder.path("old.index"), "--shard", "0/2", "-q"])
        try run(["stats", folder.path("old.index"), "-o", folder.path("old.stats"), "-q"])
        let stale = try decoy(["search", index, "crane", "--global-stats", folder.path("old.stats")])
        #expect(stale.status == 2 && stale.messages.contains("covers shards 0 of 2"), "\(stale.messages)")
        let noShard = try decoy(["search", shared.index, "crane", "--global-stats", folder.path("old.stats")])
        #expect(noShard.status == 2 && noShard.messages.contains("is no shard"))
        let shown = try decoy(["stats", folder.path("old.stats")])
        #expect(shown.status == 0 && shown.output.contains("0 of 2"))
        let run = try folder.write("plain.trec", "q Q0 a 1 1.0 x\n")
        #expect(try decoy(["run", "merge", run]).status == 64)
        #expect(try decoy(["run", "merge", run, "-k", "3"]).output == "q Q0 a 1 1.0 x\n")
    }
}
