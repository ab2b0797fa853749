import DecoyTestSupport
import Testing

@Suite("Expansion on the command line", .tags(.endToEnd))
struct FeedbackCommandTests {
    @Test("Runs of expanded queries do not depend on threads, and with all the weight on the query the order stays.")
    func search() throws {
        let shared = try Prepared.shared()
        func run(_ options: [String]) throws -> DecoyProcess.Outcome {
            let outcome = try DecoyProcess.run(["search", shared.index] + options)
            #expect(outcome.status == 0, "\(outcome.messages)")
            return outcome
        }
        let plain = try run(["--queries", shared.queries, "-k", "40"]).output
        let one = try run(["--queries", shared.queries, "-k", "40", "--rm3", "--threads", "1"]).output
        #expect(try run(["--queries", shared.queries, "-k", "40", "--rm3", "--threads", "3"]).output == one)
        #expect(one != plain && one.contains(" rm3\n"))
        let whole = try run(["--queries", shared.queries, "-k", "40", "--rm3", "--rm3-weight", "1", "--tag", "t"])
            .output
        func ids(_ run: String) -> [[Substring]] {
            run.split(separator: "\n").map { $0.split(separator: " ").dropLast(2) + [] }
        }
        #expect(ids(whole) == ids(plain))
        let hybrid = try run([
            "--dense", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "3", "--rm3",
        ])
        #expect(hybrid.output.split(separator: "\n").count == 12 * 3)
    }

    @Test(
        "A document without a word of the query is found by a word of the documents that have it; explanations show the weights."
    )
    func expansion() throws {
        let folder = try TemporaryFolder()
        let others = (0..<40).map { #"{"_id": "o\#($0)", "text": "harbour ships number \#($0)"}"# + "\n" }
        let zebras = (0..<3).map { #"{"_id": "z\#($0)", "text": "zebra savanna herd \#($0)"}"# + "\n" }
        let lion = #"{"_id": "lion", "text": "lions of the savanna"}"# + "\n"
        try folder.write("corpus.jsonl", (others + zebras + [lion]).joined())
        let index = folder.path("index")
        #expect(try DecoyProcess.run(["index", folder.path("corpus.jsonl"), "-o", index]).status == 0)
        let plain = try DecoyProcess.run(["search", index, "zebra", "--output-format", "trec"])
        #expect(!plain.output.contains("lion") && plain.output.contains("z0"))
        let found = try DecoyProcess.run(["search", index, "zebra", "--rm3", "--explain", "--output-format", "jsonl"])
        let hits = try JSONNode.lines(found.output)[0]["hits"].items
        #expect(hits.compactMap { $0["id"].text }.contains("lion"), "\(found.output) \(found.messages)")
        for hit in hits {
            let parts = hit["explanation"]["parts"].items
            #expect(parts.contains { $0["term"].text == "savanna" })
            let sum = parts.reduce(0) { $0 + ($1["contribution"].number ?? 0) }
            #expect(abs(sum - (hit["score"].number ?? 0)) < 1e-6)
            #expect(abs(parts.reduce(0) { $0 + ($1["queryFrequency"].number ?? 0) } - 1) < 1e-9)
        }
        let table = try DecoyProcess.run(["search", index, "zebra", "--rm3", "--explain"])
        #expect(table.output.contains("savanna x 0."), "\(table.output)")
    }

    @Test("What RM3 cannot do is refused: options alone or out of range, vectors, an index without text.")
    func refusals() throws {
        let shared = try Prepared.shared()
        for options in [["--rm3-terms", "5"], ["--rm3", "--rm3-weight", "2"], ["--rm3", "--rm3-documents", "0"]] {
            let outcome = try DecoyProcess.run(["search", shared.index, "bank"] + options)
            #expect(outcome.status == 64 && outcome.messages.contains("--rm3-"), "\(outcome.messages)")
        }
        let vectors = try DecoyProcess.run(["search", shared.vectors, "--model", shared.model, "bank", "--rm3"])
        #expect(vectors.status == 64 && vectors.messages.contains("lexical index"), "\(vectors.messages)")
        let folder = try TemporaryFolder()
        let index = try DecoyProcess.run(["index", shared.corpus, "-o", folder.path("index"), "--without-text"])
        #expect(index.status == 0)
        let without = try DecoyProcess.run(["search", folder.path("index"), "bank", "--rm3"])
        #expect(
            without.status == 64 && without.messages.contains("build it again with stored text"), "\(without.messages)")
    }
}
