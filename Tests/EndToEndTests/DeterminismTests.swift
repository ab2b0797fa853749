import DecoyTestSupport
import Foundation
import Testing

@Suite("Determinism", .tags(.endToEnd, .reference))
struct DeterminismTests {
    private func run(_ arguments: [String]) throws {
        let outcome = try DecoyProcess.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }

    @Test("Index, run, negatives, model and vectors have the same bytes again, and with one thread or two.")
    func sameBytes() throws {
        let folder = try TemporaryFolder()
        let dataset = try SampleDataset(words: 10, documents: 20).write(into: folder, as: "data")
        for (name, threads) in [("one", "1"), ("two", "2"), ("again", "2")] {
            let path = try folder.makeFolder("out/" + name) + "/"
            func go(_ arguments: [String]) throws { try run(arguments + ["--threads", threads]) }
            try go(["index", dataset, "-o", path + "index"])
            try go(["search", path + "index", "--queries", dataset + "/queries.jsonl", "-k", "50", "-o", path + "run"])
            try go([
                "mine", path + "index", "--queries", dataset + "/queries.jsonl", "--qrels",
                dataset + "/qrels/train.tsv",
                "-o", path + "negatives", "--sampling", "random", "--seed", "7", "--num-negatives", "3",
                "--relative-margin", "-1", "--explain", path + "fates", "--report", path + "report",
            ])
            try go(
                ["train", dataset, "-o", path + "model", "--negatives", path + "negatives"] + Prepared.quickTraining)
            try go(
                [
                    "train", dataset, "-o", path + "refreshed", "--negatives", path + "negatives",
                    "--refresh-negatives", "1",
                ] + Prepared.quickTraining)
            try go(["encode", path + "model", dataset, "-o", path + "vectors"])
            try go(["encode", path + "model", dataset, "-o", path + "bytes", "--precision", "i8", "--dimension", "9"])
            try go([
                "search", path + "bytes", "--model", path + "model", "--queries", dataset + "/queries.jsonl", "-o",
                path + "dense",
            ])
            try go([
                "search", path + "index", "--dense", path + "vectors", "--model", path + "model", "--queries",
                dataset + "/queries.jsonl", "-o", path + "hybrid",
            ])
        }
        let one = try FolderContents(folder.path("out/one"))
        #expect(one.files.count > 15)
        for name in ["two", "again"] {
            #expect(try FolderContents(folder.path("out/" + name)).differences(from: one) == [])
        }
    }

    @Test("An experiment gives the same results, runs, negatives and models again, and with one thread or two.")
    func experiment() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        for (name, threads) in [("one", "1"), ("two", "2"), ("again", "2")] {
            try run(
                ["experiment", shared.dataset, "-o", folder.path(name), "--seeds", "2", "--threads", threads]
                    + Prepared.quickTraining)
        }
        // The reports show the seconds of each step.
        let timed = ["results.json", "report."]
        let one = try FolderContents(folder.path("one"), ignoring: timed)
        let results = try JSONNode(file: folder.path("one/results.json")).canonical(without: ["timings"])
        #expect(one.files.count > 20)
        for name in ["two", "again"] {
            #expect(try FolderContents(folder.path(name), ignoring: timed).differences(from: one) == [])
            #expect(
                try JSONNode(file: folder.path(name + "/results.json")).canonical(without: ["timings"]) == results)
        }
    }

    @Test("The order of the lines of queries and judgements changes neither the mined rows nor the model.")
    func orderOfLines() throws {
        let folder = try TemporaryFolder()
        let sample = SampleDataset(words: 8, documents: 5)
        var rows: [Set<Substring>] = []
        var models: [FolderContents] = []
        for seed: UInt64? in [nil, 11, 12] {
            let path = try folder.makeFolder("order\(seed ?? 0)")
            let dataset = try sample.write(into: folder, as: "order\(seed ?? 0)/data", shuffledWith: seed)
            try run(["index", dataset, "-o", path + "/index"])
            try run([
                "mine", path + "/index", "--queries", dataset + "/queries.jsonl", "--qrels",
                dataset + "/qrels/train.tsv",
                "-o", path + "/negatives", "--num-negatives", "3", "--sampling", "random", "--seed", "3",
                "--output-format", "ids", "--relative-margin", "-1",
            ])
            try run(
                ["train", dataset, "-o", path + "/model", "--negatives", path + "/negatives"] + Prepared.quickTraining)
            rows.append(Set(try String(contentsOfFile: path + "/negatives", encoding: .utf8).split(separator: "\n")))
            models.append(try FolderContents(path + "/model"))
        }
        for place in [1, 2] {
            #expect(rows[place] == rows[0], "shuffled with seed \(place + 10)")
            #expect(models[place].differences(from: models[0]) == [], "shuffled with seed \(place + 10)")
        }
    }
}
