import DecoyTestSupport
import Foundation
import Testing

@Suite("Phrases and proximity on the command line", .tags(.endToEnd))
struct PhraseCommandTests {
    private static let corpus = """
        {"_id": "near", "title": "", "text": "the river bank was under water"}
        {"_id": "far", "title": "", "text": "a bank far from any river"}
        {"_id": "gap", "title": "", "text": "the river and the bank"}
        {"_id": "none", "title": "", "text": "the flood of the river"}

        """

    /// An index with positions and one without, in a folder that lives as long as this value.
    private struct Indexes {
        let folder: TemporaryFolder
        var with: String { folder.path("with") }
        var without: String { folder.path("without") }

        init() throws {
            folder = try TemporaryFolder()
            for (path, options) in [(with, ["--positions"]), (without, [])] {
                let outcome = try DecoyProcess.run(["index", "-", "-o", path] + options, input: corpus)
                #expect(outcome.status == 0, "\(outcome.messages)")
            }
        }
    }

    private func ids(_ arguments: [String], input: String? = nil) throws -> [String] {
        let found = try DecoyProcess.run(["search"] + arguments + ["--output-format", "trec"], input: input)
        #expect(found.status == 0, "\(arguments): \(found.messages)")
        return found.output.split(separator: "\n").map { String($0.split(separator: " ")[2]) }
    }

    @Test("Quotes in a query make phrases where there are positions, and are ignored with a word of advice where not.")
    func phrase() throws {
        let indexes = try Indexes()
        #expect(try ids([indexes.with, #""river bank""#]) == ["near"])
        #expect(try ids([indexes.with, #""river the the bank""#]) == ["gap"])
        #expect(try ids([indexes.with, #"river "bank"#]).count == 4)
        let all = try ids([indexes.with, "river bank"])
        #expect(all.count == 4)
        let ignored = try DecoyProcess.run(["search", indexes.without, #""river bank""#, "--output-format", "trec"])
        #expect(ignored.status == 0 && ignored.output.split(separator: "\n").count == 4)
        #expect(
            ignored.messages.contains("without holds no token positions; build it again with decoy index --positions"))
        #expect(try DecoyProcess.run(["search", indexes.without, #""river bank""#, "-q"]).messages.isEmpty)
        #expect(try DecoyProcess.run(["search", indexes.with, #""river bank""#]).messages.isEmpty)
    }

    @Test("In a file of queries quotes are ordinary unless --phrases is given.")
    func queries() throws {
        let indexes = try Indexes()
        let queries = "1\t\"river bank\"\n"
        #expect(try ids([indexes.with, "--queries", "-"], input: queries).count == 4)
        #expect(try ids([indexes.with, "--queries", "-", "--phrases"], input: queries) == ["near"])
        for arguments in [["--queries", "-", "--phrases"], ["--phrases", "river"], ["--proximity", "1", "river"]] {
            let refused = try DecoyProcess.run(["search", indexes.without] + arguments, input: queries)
            #expect(refused.status == 64 && refused.output.isEmpty)
            #expect(refused.messages.contains("build it again with decoy index --positions"), "\(refused.messages)")
        }
        for arguments in [["--proximity", "-1"], ["--proximity", "nan"], ["--proximity-depth", "5"]] {
            let refused = try DecoyProcess.run(["search", indexes.with, "river"] + arguments)
            #expect(refused.status == 64, "\(arguments): \(refused.messages)")
        }
    }

    @Test(
        "--proximity ranks documents with near words first, and --explain shows its part, which sums up to the score.")
    func proximity() throws {
        let indexes = try Indexes()
        let found = try DecoyProcess.run([
            "search", indexes.with, "river bank water", "--proximity", "1", "--explain", "--output-format", "jsonl",
        ])
        let hits = try JSONNode(found.output)["hits"].items
        #expect(hits.first?["id"].text == "near" && hits.count == 4, "\(found.messages)")
        for hit in hits {
            let parts = hit["explanation"]["parts"].items.compactMap { $0["contribution"].number }
            let sum = parts.reduce(0, +) + (hit["explanation"]["proximity"].number ?? .nan)
            #expect(abs(sum - (hit["score"].number ?? 0)) < 1e-6, "\(found.output)")
        }
        let first = try DecoyProcess.run([
            "search", indexes.with, "river bank", "--proximity", "1", "--proximity-depth", "1", "--explain",
            "--threads", "1",
        ])
        #expect(first.output.components(separatedBy: "proximity\n").count == 2, "\(first.output)")
    }

    @Test("A change keeps positions and takes no --positions; inspect and check know of them.")
    func changes() throws {
        let indexes = try Indexes()
        let more = #"{"_id": "more", "text": "another river bank"}"# + "\n"
        let refused = try DecoyProcess.run(["index", "-", "-o", indexes.with, "--append", "--positions"], input: more)
        #expect(refused.status == 64 && refused.messages.contains("the index that is there says"))
        let appended = try DecoyProcess.run(["index", "-", "-o", indexes.with, "--append", "--json"], input: more)
        #expect(appended.status == 0, "\(appended.messages)")
        #expect(try JSONNode(appended.output)["bytes"]["positions"].number ?? 0 > 0)
        #expect(Set(try ids([indexes.with, #""river bank""#])) == ["near", "more"])
        #expect(try DecoyProcess.run(["inspect", indexes.with]).output.contains(/positions +yes/))
        #expect(try DecoyProcess.run(["check", indexes.with]).status == 0)
        let file = indexes.with + "/segment-1.positions"
        var data = try Data(contentsOf: URL(fileURLWithPath: file))
        data[data.count / 3] ^= 4
        try data.write(to: URL(fileURLWithPath: file))
        for arguments in [["check", indexes.with], ["search", indexes.with, #""river bank""#]] {
            let damaged = try DecoyProcess.run(arguments)
            #expect(damaged.status == 3 && damaged.messages.contains("segment-1.positions"), "\(damaged.messages)")
        }
    }
}
