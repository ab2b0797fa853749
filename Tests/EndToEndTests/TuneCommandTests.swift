import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy tune", .tags(.endToEnd))
struct TuneCommandTests {
    /// One document has the word once in few words, one twice in many: which is better depends on b.
    private func lengths(_ folder: TemporaryFolder) throws -> (index: String, dataset: String) {
        var corpus = ""
        var queries = ""
        var qrels = "query-id\tcorpus-id\tscore\n"
        for number in 0..<12 {
            let word = "word\(number)"
            let padding = (0..<40).map { "pad\(number)x\($0)" }.joined(separator: " ")
            corpus += #"{"_id": "short-\#(number)", "title": "", "text": "\#(word) brief"}"# + "\n"
            corpus += #"{"_id": "long-\#(number)", "title": "", "text": "\#(word) \#(word) \#(padding)"}"# + "\n"
            queries += #"{"_id": "q\#(number)", "text": "\#(word)"}"# + "\n"
            qrels += "q\(number)\tlong-\(number)\t1\n"
        }
        try folder.write("set/corpus.jsonl", corpus)
        try folder.write("set/queries.jsonl", queries)
        try folder.write("set/qrels/dev.tsv", qrels)
        try folder.write("set/qrels/test.tsv", qrels)
        let built = try DecoyProcess.run(["index", folder.path("set"), "-o", folder.path("index")])
        #expect(built.status == 0, "\(built.messages)")
        return (folder.path("index"), folder.path("set"))
    }

    @Test("Where long documents are the relevant ones a lower b is found, saved, and read by search.")
    func lowersB() throws {
        let folder = try TemporaryFolder()
        let (index, dataset) = try lengths(folder)
        let file = folder.path("tuned.json")
        let tuned = try DecoyProcess.run(["tune", index, dataset, "-m", "RR", "-o", file])
        #expect(tuned.status == 0, "\(tuned.messages)")
        #expect(tuned.output.contains("best *") && tuned.output.contains("held out, 5 folds"))
        let saved = try JSONNode(try String(contentsOfFile: file, encoding: .utf8))
        #expect(saved["value"].number == 1 && saved["defaultValue"].number == 0.5)
        #expect(saved["measure"].text == "RR" && saved["split"].text == "dev" && saved["queries"].number == 12)
        #expect(saved["index"]["documents"].number == 24)
        #expect(saved["search"]["crossValidation"]["gain"].number == 0.5)
        let b = try #require(saved["similarity"]["b"].number)
        let k1 = try #require(saved["similarity"]["k1"].number)
        #expect(b < 0.75)

        func search(_ options: [String]) throws -> String {
            let found = try DecoyProcess.run(["search", index, "--queries", dataset] + options)
            #expect(found.status == 0, "\(found.messages)")
            return found.output
        }
        let expected = try search(["--k1", "\(k1)", "--b", "\(b)"])
        #expect(try search(["--tuned", file]) == expected)
        #expect(expected.hasPrefix("q0 Q0 long-0 1 "))
        #expect(try search([]) != expected)
        #expect(try search(["--tuned", file, "--b", "0.75", "--k1", "1.2"]) == search([]))

        let files = ["--queries", dataset + "/queries.jsonl", "--qrels", dataset + "/qrels/dev.tsv", "-m", "RR"]
        for threads in ["1", "2"] {
            let again = try DecoyProcess.run(["tune", index, "--json", "--threads", threads] + files)
            #expect(try again.output == String(contentsOfFile: file, encoding: .utf8), "\(threads) threads")
        }
        let mined = try DecoyProcess.run(
            ["mine", index, "--tuned", file, "-o", "-", "--output-format", "ids"] + files.dropLast(2))
        #expect(mined.status == 0, "\(mined.messages)")
    }

    @Test("A test split is refused with the remedy, however it is named, unless forced.")
    func refusesTest() throws {
        let folder = try TemporaryFolder()
        let (index, dataset) = try lengths(folder)
        let copy = try folder.write(
            "my.test.tsv", try String(contentsOfFile: dataset + "/qrels/test.tsv", encoding: .utf8))
        let queries = ["--queries", dataset + "/queries.jsonl"]
        for call in [
            [dataset, "--split", "test"], queries + ["--qrels", dataset + "/qrels/test.tsv"],
            queries + ["--qrels", copy],
        ] {
            let file = folder.path("tuned.json")
            let refused = try DecoyProcess.run(["tune", index, "-o", file] + call)
            #expect(refused.status == 64)
            #expect(refused.messages.contains("tune on dev or train, or add --force"), "\(refused.messages)")
            #expect(!FileManager.default.fileExists(atPath: file))
            #expect(try DecoyProcess.run(["tune", index, "--folds", "0", "--force"] + call).status == 0)
        }
    }

    @Test("Faulty calls and files end with their exit codes.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let wrong = try folder.write("wrong.json", #"{"k1": 0.9}"#)
        let impossible = try folder.write("impossible.json", #"{"similarity": {"variant": "lucene", "k1": 1, "b": 2}}"#)
        let other = try folder.write("other.tsv", "nobody\tknows\n")
        for (call, status, fragment) in [
            (["tune", shared.index], 64, "give a dataset folder, or both"),
            (["tune", shared.index, shared.dataset, "--qrels", shared.train], 64, "either"),
            (["tune", shared.index, shared.dataset, "--split", "nope"], 2, "name another with --split: dev or train"),
            (["tune", shared.index, shared.dataset, "-m", "nDGC"], 64, "known measures"),
            (["tune", shared.index, shared.dataset, "--b-grid", "0 2"], 64, "numbers from 0.0 to 1.0"),
            (["tune", shared.index, shared.dataset, "--folds", "1"], 64, "0 (none)"),
            (["tune", shared.vectors, shared.dataset], 64, "an index is needed"),
            (["tune", folder.path("none"), shared.dataset], 4, "none"),
            (["tune", shared.index, "--queries", other, "--qrels", shared.train], 2, "none of its queries is judged"),
            (["search", shared.index, "x", "--tuned", wrong], 2, "not a file of tuned parameters"),
            (["search", shared.index, "x", "--tuned", impossible], 2, "b is 2.0"),
            (["search", shared.index, "x", "--tuned", folder.path("none.json")], 4, "none.json"),
        ] {
            let outcome = try DecoyProcess.run(call)
            #expect(outcome.status == Int32(status), "\(call): \(outcome.messages)")
            #expect(outcome.messages.contains(fragment), "\(call): \(outcome.messages)")
            #expect(outcome.output.isEmpty)
        }
    }
}
