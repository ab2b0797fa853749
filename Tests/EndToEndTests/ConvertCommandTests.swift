import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy convert", .tags(.endToEnd))
struct ConvertCommandTests {
    private func notes(_ folder: TemporaryFolder, count: Int = 60) throws -> String {
        for number in 0..<count {
            // Every third note shares its title with the one before.
            let title = "On subject \(number % 3 == 2 ? number - 1 : number)"
            try folder.write("notes/n\(number).txt", "\(title)\n\nSome words about thing\(number) and more.\n")
        }
        try folder.write("notes/bare.txt", "no title here, only a sentence that ends.\nAnd another.")
        return folder.path("notes")
    }

    @Test("Titles become queries in three splits, and the result trains and searches.")
    func titleQueries() throws {
        let folder = try TemporaryFolder()
        let corpus = try notes(folder)
        let dataset = folder.path("dataset")
        let made = try DecoyProcess.run(
            ["convert", corpus, "-o", dataset, "--title-queries", "--dev-share", "0.2", "--test-share", "0.2"])
        #expect(made.status == 0 && made.messages.contains("titles became queries"), "\(made.messages)")
        let lines = try String(contentsOfFile: dataset + "/corpus.jsonl", encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 61)
        #expect(lines.filter { $0.contains("On subject") }.isEmpty)
        let queries = try String(contentsOfFile: dataset + "/queries.jsonl", encoding: .utf8).split(separator: "\n")
        // 60 notes with titles, of which 20 repeat one; and the note whose title is its file's name.
        #expect(queries.count == 41)
        var judged: [String: Set<Substring>] = [:]
        var pairs = 0
        for split in ["train", "dev", "test"] {
            let rows = try String(contentsOfFile: dataset + "/qrels/\(split).tsv", encoding: .utf8)
                .split(separator: "\n").dropFirst()
            judged[split] = Set(rows.map { $0.split(separator: "\t")[0] })
            pairs += rows.count
        }
        #expect(pairs == 61 && judged.values.reduce(0) { $0 + $1.count } == 41)
        #expect(judged.values.reduce(Set()) { $0.union($1) }.count == 41)
        let again = try DecoyProcess.run(
            [
                "convert", corpus, "-o", folder.path("again"), "--title-queries", "--dev-share", "0.2", "--test-share",
                "0.2",
            ])
        #expect(again.status == 0)
        #expect(try FolderContents(folder.path("again")) == FolderContents(dataset))
        let trained = try DecoyProcess.run(["train", dataset, "-o", folder.path("model")] + Prepared.quickTraining)
        #expect(trained.status == 0, "\(trained.messages)")
    }

    @Test(
        "Queries and judgements of one's own are taken over; what does not go together is refused and leaves nothing.")
    func ownQueries() throws {
        let folder = try TemporaryFolder()
        let corpus = try notes(folder, count: 4)
        let queries = try folder.write("topics.tsv", "7\tthing0\n8\tthing1\n")
        let qrels = try folder.write("train.qrels", "7 0 n0.txt 2\n8 0 n1.txt 1\n")
        let dataset = folder.path("dataset")
        let made = try DecoyProcess.run(
            ["convert", corpus, "-o", dataset, "--queries", queries, "--qrels", "train=" + qrels])
        #expect(made.status == 0, "\(made.messages)")
        let rows = try String(contentsOfFile: dataset + "/qrels/train.tsv", encoding: .utf8)
        #expect(rows == "query-id\tcorpus-id\tscore\n7\tn0.txt\t2\n8\tn1.txt\t1\n")
        for (call, status, message) in [
            (["--qrels", "train=" + qrels], 64, "--queries FILE"),
            (["--title-queries", "--queries", queries], 64, "or --queries"),
            (["--queries", queries, "--qrels", qrels], 64, "name of a split"),
            (["--queries", queries, "--qrels", "../x=" + qrels], 64, "name of a split"),
            (["--title-queries", "--dev-share", "0.9", "--test-share", "0.2"], 64, "shares"),
            (["--queries", folder.path("none.tsv")], 4, "none.tsv"),
        ] {
            let failed = try DecoyProcess.run(["convert", corpus, "-o", folder.path("failed")] + call)
            #expect(failed.status == Int32(status) && failed.messages.contains(message), "\(call): \(failed.messages)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("failed")))
        }
        let there = try DecoyProcess.run(["convert", corpus, "-o", dataset])
        #expect(there.status == 64 && there.messages.contains("--force"), "\(there.messages)")
    }
}
