import DecoyTestSupport
import Foundation
import Testing

/// The built binary, killed at random moments while it mines.
@Suite("A mining that is killed", .tags(.endToEnd, .fault))
struct MiningResumptionTests {
    /// Many queries over the documents of the sample: 400, of which 16 are mined at a time.
    private struct Task {
        let folder: TemporaryFolder
        let call: [String]
        let output: String
        let place: String

        init(more: [String] = []) throws {
            folder = try TemporaryFolder()
            let shared = try Prepared.shared()
            let (queries, judgements) = Self.data(400)
            output = folder.path("n.jsonl")
            place = output + ".partial.place"
            call =
                [
                    "mine", shared.index, "--queries", try folder.write("q.jsonl", queries), "--qrels",
                    try folder.write("q.tsv", judgements), "-o", output, "--memory", "1kB", "--save-every", "0",
                    "--relative-margin", "-1", "--num-negatives", "4",
                ] + more
        }

        static func data(_ count: Int) -> (queries: String, judgements: String) {
            let words = ["bank", "mud", "money", "bat", "water", "office", "crane", "paper", "bolt", "bridge"]
            var (queries, judgements) = ("", "query-id\tcorpus-id\tscore\n")
            for number in 0..<count {
                let text = "\(words[number % 10]) \(words[number * 7 / 10 % 10]) \(words[number * 3 / 100 % 10])"
                queries += "{\"_id\": \"q\(number)\", \"text\": \"\(text)\"}\n"
                judgements += "q\(number)\tbank-river-\(number % 5)\t1\n"
            }
            return (queries, judgements)
        }

        /// Starts a call and ends it by a signal once it has kept its place, and a random moment later, unless it has ended by then.
        func signal(_ arguments: [String], _ signal: Int32, after delay: Double = 0) throws -> DecoyProcess.Outcome {
            let before = try? Data(contentsOf: URL(filePath: place))
            let process = try DecoyProcess(arguments, input: FileHandle.nullDevice)
            process.wait {
                let now = try? Data(contentsOf: URL(filePath: place))
                return now != nil && now != before
            }
            Thread.sleep(forTimeInterval: delay)
            process.signal(signal)
            return try process.finish()
        }

        /// Ends a call from the first query on by a signal once it has kept its place; again where it ended before the signal came.
        func interrupt(_ arguments: [String], by number: Int32) throws -> DecoyProcess.Outcome {
            var attempts = 0
            while true {
                let outcome = try signal(arguments, number)
                attempts += 1
                if outcome.status != 0 || attempts == 20 { return outcome }
                try remove(["n.jsonl", "n.jsonl.meta.json"])
            }
        }

        func remove(_ names: [String]) throws {
            for name in names { try FileManager.default.removeItem(atPath: folder.path(name)) }
        }
    }

    @Test(
        "Killed again and again and resumed, whatever the threads, it ends with the bytes of an uninterrupted run, fates and counts too.",
        arguments: [
            [], ["--explain"], ["--output-format", "dpr", "--if-too-few", "fill-random", "--sampling", "random"],
        ])
    func kill(_ options: [String]) throws {
        let task = try Task()
        let fates = options.contains("--explain") ? [task.folder.path("fates.jsonl")] : []
        let call = task.call + options + fates
        let whole = try DecoyProcess.run(call)
        #expect(whole.status == 0, "\(whole.messages)")
        let names = ["n.jsonl", "n.jsonl.meta.json"] + (fates.isEmpty ? [] : ["fates.jsonl"])
        let expected = try names.map { try task.folder.bytes($0) }
        try task.remove(names)
        var random = SeededGenerator(seed: UInt64(Date().timeIntervalSince1970))
        var kills = 0
        var last = whole
        for round in 0..<20 {
            // The first run need not know that it will be resumed.
            let arguments = call + (kills == 0 ? [] : ["--resume"]) + ["--threads", "\(1 + round % 2)"]
            if kills < 4 {
                let delay = Double.random(in: 0...0.02, using: &random)
                last = try task.signal(arguments, SIGKILL, after: delay)
            } else {
                last = try DecoyProcess.run(arguments)
            }
            kills += last.status == -1 ? 1 : 0
            #expect(last.status <= 0, "seed \(random.seed), round \(round): \(last.messages)")
            if last.status == 0 {
                if kills > 1 { break }
                // It ended before the signal came.
                try task.remove(names)
                kills = 0
            }
        }
        #expect(kills > 1 && last.status == 0, "seed \(random.seed)")
        #expect(last.messages.contains("going on after "), "\(last.messages)")
        for (name, bytes) in zip(names, expected) {
            #expect(try task.folder.bytes(name) == bytes, "seed \(random.seed), \(name)")
        }
        // The summary counts all queries, also those of the runs that were killed.
        func summary(_ text: String) -> Substring? { text.split(separator: "\n").first { $0.hasPrefix("mined ") } }
        #expect(summary(last.messages) == summary(whole.messages))
        #expect(try task.folder.files() == (names + ["q.jsonl", "q.tsv"]).sorted())
    }

    @Test("What differs from the mining that was killed is named with status 2, and without --resume it starts again.")
    func differences() throws {
        let task = try Task()
        #expect(try task.interrupt(task.call, by: SIGKILL).status == -1)
        let cases = [
            (["--num-negatives", "3"], "--num-negatives"), (["--k1", "2"], "--k1 2"),
            (["--explain", task.folder.path("fates")], "--explain"),
            (["--output-format", "ids"], "--output-format ids"),
        ]
        for (options, name) in cases {
            let other = try DecoyProcess.run(task.call + options + ["--resume"])
            #expect(other.status == 2 && other.messages.contains(name), "\(options): \(other.messages)")
        }
        try task.folder.write("q.tsv", Task.data(400).judgements + "q1\tbank-money-1\t1\n")
        let judged = try DecoyProcess.run(task.call + ["--resume"])
        #expect(judged.status == 2 && judged.messages.contains("the qrels (crc32c:"), "\(judged.messages)")
        // A new beginning forgets the place before it writes.
        let process = try DecoyProcess(task.call + ["--save-every", "1000"], input: FileHandle.nullDevice)
        process.wait { !FileManager.default.fileExists(atPath: task.place) }
        process.signal(SIGKILL)
        _ = try process.finish()
        #expect(!FileManager.default.fileExists(atPath: task.place))
        let again = try DecoyProcess.run(task.call)
        #expect(again.status == 0, "\(again.messages)")
        #expect(!FileManager.default.fileExists(atPath: task.place))
    }

    @Test("Damage of what was left is said with status 3; what cannot be resumed is refused with status 64.")
    func damage() throws {
        let task = try Task()
        #expect(try task.interrupt(task.call, by: SIGKILL).status == -1)
        let aside = try task.folder.bytes("n.jsonl.partial")
        let place = try task.folder.bytes("n.jsonl.partial.place")
        for (name, bytes) in [
            ("n.jsonl.partial", Array(aside.prefix(10))), ("n.jsonl.partial", [0] + aside.dropFirst()),
            ("n.jsonl.partial.place", place.dropLast(9)), ("n.jsonl.partial.place", [1, 2, 3]),
        ] {
            try Data(aside).write(to: URL(filePath: task.folder.path("n.jsonl.partial")))
            try Data(bytes).write(to: URL(filePath: task.folder.path(name)))
            let outcome = try DecoyProcess.run(task.call + ["--resume"])
            #expect(outcome.status == 3 && outcome.messages.contains(name), "\(outcome.messages)")
        }
        for (options, message) in [
            (["-o", "-"], "--resume: the output is no file"), (["--report", task.folder.path("r")], "--report"),
            (["--explain", task.folder.path("f.zst")], "without .zst"), (["--save-every", "-1"], "--save-every"),
            (["--memory", "much"], "--memory"),
        ] {
            let outcome = try DecoyProcess.run(task.call + ["--resume"] + options)
            #expect(outcome.status == 64 && outcome.messages.contains(message), "\(outcome.messages)")
        }
    }

    @Test("With --resume Ctrl-C keeps the place and says how to go on; without it nothing is left.")
    func interrupt() throws {
        let task = try Task()
        let resumable = try task.interrupt(task.call + ["--resume"], by: SIGINT)
        #expect(resumable.status == 130 && resumable.messages.contains("--resume"), "\(resumable.messages)")
        #expect(FileManager.default.fileExists(atPath: task.place))
        for _ in 0..<5 {
            let plain = try task.interrupt(task.call, by: SIGINT)
            #expect(plain.status == 130, "\(plain.messages)")
            #expect(try task.folder.files() == ["q.jsonl", "q.tsv"], "\(plain.messages)")
        }
        let fresh = try DecoyProcess.run(task.call + ["--resume"])
        #expect(fresh.status == 0 && fresh.messages.contains("starting at the first query"), "\(fresh.messages)")
    }

    @Test("Any bound of memory gives the same bytes; texts of a corpus that are beyond it are said.")
    func memory() throws {
        let task = try Task()
        let corpus = try Prepared.shared().dataset
        var outputs: [[UInt8]] = []
        for options in [["--memory", "1GB"], ["--memory", "1kB"], ["--memory", "1kB", "--corpus", corpus]] {
            let outcome = try DecoyProcess.run(task.call + options + ["--dedupe", "near", "--no-metadata"])
            #expect(outcome.status == 0, "\(outcome.messages)")
            #expect(outcome.messages.contains("the texts of --corpus take") == options.contains("--corpus"))
            outputs.append(try task.folder.bytes("n.jsonl"))
        }
        #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2])
    }
}
