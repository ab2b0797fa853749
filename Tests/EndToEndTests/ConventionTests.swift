import DecoyTestSupport
import Foundation
import Testing

@Suite("Conventions of the command line", .tags(.endToEnd))
struct ConventionTests {
    static let commands = [
        "index", "search", "mine", "train", "encode", "evaluate", "fuse", "rerank", "tune", "experiment", "check",
        "inspect", "analyze", "convert", "audit", "review", "serve", "export", "import", "stats", "run", "shards",
        "doctor",
    ]

    @Test("The help of every command has examples, on standard output.", arguments: commands)
    func help(_ command: String) throws {
        for arguments in [[command, "--help"], ["help", command]] {
            let outcome = try DecoyProcess.run(arguments)
            #expect(outcome.status == 0 && outcome.messages.isEmpty)
            #expect(outcome.output.contains("EXAMPLES\n") && outcome.output.contains("decoy \(command) "))
        }
    }

    @Test("The help of the program names every command and the exit codes, and --version a version.")
    func root() throws {
        let help = try DecoyProcess.run(["--help"])
        #expect(help.status == 0 && help.output.contains("EXIT CODES"))
        for command in Self.commands { #expect(help.output.contains("  \(command) ")) }
        let version = try DecoyProcess.run(["--version"])
        #expect(version.status == 0 && version.output.contains(/^\d+\.\d+\.\d+/))
    }

    @Test("Options come from a JSON file, and those given by hand win.")
    func configuration() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "c.json", #"{"output-format": "trec", "tag": "file", "k1": 0.9, "b": 0.4, "quiet": true, "explain": false}"#
        )
        let search = ["search", shared.index, "bank mud", "--config", file]
        let plain = try DecoyProcess.run(search)
        #expect(plain.status == 0, "\(plain.messages)")
        let lines = plain.output.split(separator: "\n")
        #expect(!lines.isEmpty && lines.allSatisfy { $0.hasSuffix(" file") })
        let spelled = ["--output-format", "trec", "--tag", "file", "--k1", "0.9", "--b", "0.4"]
        #expect(try DecoyProcess.run(["search", shared.index, "bank mud"] + spelled).output == plain.output)
        let byHand = try DecoyProcess.run(search + ["--tag", "hand"])
        #expect(byHand.output == plain.output.replacing(" file\n", with: " hand\n"))
        let joined = try DecoyProcess.run(["search", shared.index, "bank mud", "--config=\(file)", "--tag=hand"])
        #expect(joined.output == byHand.output)
    }

    @Test("decoy, decoy help and decoy --help show the commands by task, in lines that fit a terminal.")
    func tasks() throws {
        let help = try DecoyProcess.run(["--help"]).output
        for arguments in [[], ["help"], ["-h"]] { #expect(try DecoyProcess.run(arguments).output == help) }
        for title in [
            "Index and search", "Mine hard negatives", "Train", "Evaluate", "several machines", "other tools",
        ] {
            #expect(help.contains(title))
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("Every command takes a configuration file, and names a key that it does not know.", arguments: commands)
    func everyConfiguration(_ command: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("c.json", #"{"quite": true}"#)
        let below = ["stats": ["show"], "run": ["merge"], "shards": ["status"]][command] ?? []
        let outcome = try DecoyProcess.run([command] + below + ["x", "--config", file])
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.messages.contains("c.json:") && outcome.messages.contains("did you mean 'quiet'?"))
    }

    @Test("--json stands for the JSON form where a command has several.")
    func json() throws {
        let shared = try Prepared.shared()
        for (call, form) in [
            (["evaluate", shared.run, "--qrels", shared.test], "json"),
            (["search", shared.index, "bank mud"], "jsonl"),
        ] {
            let short = try DecoyProcess.run(call + ["--json"])
            #expect(short.status == 0 && short.output.hasPrefix("{"), "\(short.messages)")
            #expect(try DecoyProcess.run(call + ["--output-format", form]).output == short.output)
            #expect(try DecoyProcess.run(call + ["--json", "--output-format", "csv"]).status == 64)
        }
    }

    @Test("A configuration file serves a command under another, and gives negative numbers and several values.")
    func deepConfiguration() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let file = try folder.write("c.json", #"{"k": 2, "quiet": true}"#)
        let merged = try DecoyProcess.run(["run", "merge", shared.run, "--partial", "--config", file])
        #expect(
            try DecoyProcess.run(["run", "merge", shared.run, "--partial", "-k", "2", "-q"]).output == merged.output)
        let mining = try folder.write("m.json", #"{"relative-margin": -1, "num-negatives": 2}"#)
        let call = ["mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-", "-q"]
        let mined = try DecoyProcess.run(call + ["--config", mining])
        #expect(mined.status == 0 && !mined.output.isEmpty, "\(mined.messages)")
        let byHand = try DecoyProcess.run(call + ["--relative-margin", "-1", "--num-negatives", "2"])
        #expect(byHand.status == 0 && byHand.output == mined.output, "\(byHand.messages)")
        let audit = try folder.write("a.json", #"{"relative-margin": [0.1, 0.3], "json": true}"#)
        let audited = ["audit", shared.index, "--queries", shared.queries, "--qrels", shared.train]
        let spelled = try DecoyProcess.run(audited + ["--json", "--relative-margin", "0.1", "0.3"])
        #expect(spelled.status == 0, "\(spelled.messages)")
        #expect(try DecoyProcess.run(audited + ["--config", audit]).output == spelled.output)
    }

    @Test("A short option given by hand wins over its long name in the file.")
    func shortOption() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let file = try folder.write("c.json", #"{"measures": "AP", "output-format": "json", "output": "elsewhere"}"#)
        let outcome = try DecoyProcess.run(
            [
                "evaluate", shared.run, "--qrels", shared.test, "--config", file, "-m", "RR@10", "-o",
                folder.path("out.json"),
            ], folder: folder.path)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try folder.files() == ["c.json", "out.json"])
        #expect(try JSONNode(file: folder.path("out.json"))["runs"][0]["measures"].keys == ["RR@10"])
    }

    @Test("--quiet says nothing on standard error, and no output is coloured where it is no terminal.")
    func quiet() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let calls = [
            ["index", shared.dataset, "-o", folder.path("i")],
            ["search", shared.index, "--queries", shared.queries, "-o", folder.path("r")],
            ["mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", folder.path("n")],
            ["train", shared.dataset, "-o", folder.path("m")] + Prepared.quickTraining,
            ["encode", shared.model, shared.dataset, "-o", folder.path("v")],
            ["fuse", shared.run, shared.run, "-o", folder.path("f")],
            ["rerank", shared.run, shared.index, "--queries", shared.queries, "-o", folder.path("k")],
            ["evaluate", shared.run, "--qrels", shared.test], ["check", shared.index], ["inspect", shared.model],
        ]
        for arguments in calls {
            let environments: [[String: String]] =
                arguments[0] == "evaluate" ? [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] : [[:]]
            for environment in environments {
                let force = ["index", "train", "encode"].contains(arguments[0]) ? ["--force"] : []
                let outcome = try DecoyProcess.run(arguments + force + ["--quiet"], environment: environment)
                #expect(outcome.status == 0 && outcome.messages.isEmpty, "\(arguments): \(outcome.messages)")
                #expect(!outcome.output.contains("\u{1B}"))
            }
        }
    }

    @Test("Paths may be relative, end in a slash, and hold spaces and other letters.")
    func paths() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        try folder.makeFolder("mein Ordner ü")
        let outcome = try DecoyProcess.run(
            ["index", shared.dataset + "/", "-o", "mein Ordner ü/ein Index/"], folder: folder.path)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let found = try DecoyProcess.run(
            ["search", "./mein Ordner ü/ein Index", "bank"], folder: folder.path)
        #expect(found.status == 0 && found.output.contains("bank-"))
    }
}
