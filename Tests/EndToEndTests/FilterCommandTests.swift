import DecoyTestSupport
import Foundation
import Testing

@Suite("Filters on the command line", .tags(.endToEnd))
struct FilterCommandTests {
    private func index(_ folder: TemporaryFolder) throws -> String {
        let lines = (0..<12).map { number in
            let extra =
                number < 6 ? #""year": \#(2015 + number), "metadata": {"lang": "de"}"# : #""metadata": {"lang": "en"}"#
            return #"{"_id": "d\#(number)", "title": "river", "text": "river bank \#(number)", \#(extra)}"# + "\n"
        }
        try folder.write("corpus.jsonl", lines.joined())
        let outcome = try DecoyProcess.run(["index", folder.path("corpus.jsonl"), "-o", folder.path("index")])
        #expect(outcome.status == 0, "\(outcome.messages)")
        return folder.path("index")
    }

    private func ids(_ index: String, _ filter: String) throws -> [String] {
        let outcome = try DecoyProcess.run(
            ["search", index, "river", "-k", "20", "--output-format", "trec", "--filter", filter])
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.output.split(separator: "\n").map { String($0.split(separator: " ")[2]) }.sorted()
    }

    @Test("A search gives only documents that fulfil the filter; inspect lists the keys; check covers the columns.")
    func search() throws {
        let folder = try TemporaryFolder()
        let index = try index(folder)
        #expect(try ids(index, "year>=2018 and lang=de") == ["d3", "d4", "d5"])
        #expect(try ids(index, "not year >= 2016") == ["d0", "d10", "d11", "d6", "d7", "d8", "d9"])
        #expect(try ids(index, "year != 2015").count == 5)
        let inspection = try DecoyProcess.run(["inspect", index])
        #expect(inspection.output.contains("year: 6 documents, 6 numbers"), "\(inspection.output)")
        #expect(inspection.output.contains("lang: 12 documents, 12 strings"), "\(inspection.output)")
        let json = try JSONNode(try DecoyProcess.run(["inspect", index, "--json"]).output)
        #expect(json["metadata"].items.map { $0["name"].text } == ["lang", "year"])
        #expect(json["documentCount"].number == 12)
        let check = try DecoyProcess.run(["check", index])
        #expect(check.status == 0, "\(check.messages)")
    }

    @Test("A mistake in a filter ends with exit code 64, and says where it is and what was expected.")
    func mistakes() throws {
        let folder = try TemporaryFolder()
        let index = try index(folder)
        for (filter, message) in [
            ("year >= ", "column 9"), ("yaer = 2020", "known keys: lang, year"), ("lang = 5", "quotes"),
            ("", "column 1"),
        ] {
            let outcome = try DecoyProcess.run(["search", index, "river", "--filter", filter])
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(filter): \(outcome.status)")
            #expect(outcome.messages.contains(message), "\(filter): \(outcome.messages)")
        }
        let shared = try Prepared.shared()
        let none = try DecoyProcess.run(["search", shared.index, "bank", "--filter", "year = 1"])
        #expect(none.status == 64 && none.messages.contains("no document"), "\(none.messages)")
        for arguments in [
            [shared.index, "--dense", shared.vectors, "--model", shared.model],
            [shared.vectors, "--model", shared.model],
        ] {
            let outcome = try DecoyProcess.run(["search"] + arguments + ["bank", "--filter", "year = 1"])
            #expect(outcome.status == 64 && outcome.messages.contains("lexical index"), "\(outcome.messages)")
        }
    }

    @Test(
        "Mining with a filter takes negatives only from documents that fulfil it, and margins from positives outside of it."
    )
    func mining() throws {
        let folder = try TemporaryFolder()
        let index = try index(folder)
        try folder.write("queries.jsonl", #"{"_id": "q", "text": "river bank 7"}"# + "\n")
        try folder.write("qrels.tsv", "query-id\tcorpus-id\tscore\nq\td7\t1\n")
        let outcome = try DecoyProcess.run([
            "mine", index, "--queries", folder.path("queries.jsonl"), "--qrels", folder.path("qrels.tsv"), "-o", "-",
            "--output-format", "ids", "--filter", "lang = de", "--num-negatives", "20", "--relative-margin", "0.05",
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let negatives = try JSONNode.lines(outcome.output)[0]["negative_ids"].items.compactMap(\.text)
        #expect(negatives.sorted() == ["d0", "d1", "d2", "d3", "d4", "d5"])
        let strict = try DecoyProcess.run([
            "mine", index, "--queries", folder.path("queries.jsonl"), "--qrels", folder.path("qrels.tsv"), "-o", "-",
            "--output-format", "ids", "--filter", "lang = de", "--num-negatives", "20", "--relative-margin", "0.99",
        ])
        #expect(!strict.output.contains("d0"), "no candidate lies so far below the positive: \(strict.output)")
    }
}
