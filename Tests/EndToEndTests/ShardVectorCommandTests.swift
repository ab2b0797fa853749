import DecoyTestSupport
import Foundation
import Testing

@Suite("Shards of vectors, and runs of other forms", .tags(.endToEnd))
struct ShardVectorCommandTests {
    private func run(_ arguments: [String]) throws {
        let outcome = try DecoyProcess.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }

    @Test("Exact searches of vector shards, merged, give the bytes of a search of all vectors.", arguments: [1, 3])
    func vectors(count: Int) throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let search = ["--model", shared.model, "--queries", shared.queries, "-k", "9", "-q"]
        try run(["search", shared.vectors, "-o", folder.path("whole.trec")] + search)
        var runs: [String] = []
        for number in 0..<count {
            let vectors = folder.path("\(number).vectors")
            try run(["encode", shared.model, shared.dataset, "-o", vectors, "--shard", "\(number)/\(count)", "-q"])
            runs.append(folder.path("\(number).trec"))
            try run(["search", vectors, "-o", runs[number]] + search)
        }
        let merged = folder.path("merged.trec")
        try run(["run", "merge"] + runs.reversed() + ["-o", merged, "-q"])
        let bytes = try [merged, folder.path("whole.trec")].map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        #expect(bytes[0] == bytes[1])
        try run(["shards", "status", folder.path])
        let change = ["encode", shared.model, shared.dataset, "-o", folder.path("0.vectors"), "--update", "-q"]
        #expect(try DecoyProcess.run(change).status == 64)
        try run(change + ["--shard", "0/\(count)"])
        let record = try JSONNode(try DecoyProcess.run(["inspect", folder.path("0.vectors"), "--json"]).output)
        #expect(record["shard"]["change"].text?.count == 16)
    }

    @Test("Runs of JSON lines and of MS MARCO's form are those of the whole, byte for byte.")
    func forms() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let search = ["--queries", shared.queries, "-k", "5", "-q", "--output-format"]
        var stats: [String] = []
        for number in 0..<2 {
            try run(["index", shared.corpus, "-o", folder.path("\(number)"), "--shard", "\(number)/2", "-q"])
            stats.append(folder.path("\(number).stats"))
            try run(["stats", folder.path("\(number)"), "-o", stats[number], "-q"])
        }
        let all = folder.path("all.stats")
        try run(["stats", "merge"] + stats + ["-o", all, "-q"])
        for (form, result) in [("jsonl", "jsonl"), ("trec", "msmarco")] {
            let runs = (0..<2).map { folder.path("\($0).\(form)") }
            for number in 0..<2 {
                try run(
                    ["search", folder.path("\(number)"), "--global-stats", all, "-o", runs[number]] + search + [form])
            }
            try run(["search", shared.index, "-o", folder.path("whole")] + search + [result])
            try run(["run", "merge"] + runs + ["-o", folder.path("merged"), "--output-format", result, "-q"])
            let bytes = try ["merged", "whole"].map { try Data(contentsOf: URL(fileURLWithPath: folder.path($0))) }
            #expect(bytes[0] == bytes[1])
        }
    }
}
