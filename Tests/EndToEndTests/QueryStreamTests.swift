import DecoyTestSupport
import Foundation
import Testing

@Suite("Many queries in one call", .tags(.endToEnd))
struct QueryStreamTests {
    @Test(
        "A file of more queries than a batch gives, in its order, what standard input gives, for every number of threads."
    )
    func manyBatches() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let words = ["crane river", "bank money", "bat mud", "bolt paper market", "nothing here", "seal", ""]
        let lines = (0..<1200).map { "q\($0)\t\(words[$0 % words.count])\n" }.joined()
        let path = try folder.write("q.tsv", lines)
        let options = ["-k", "2", "--output-format", "jsonl", "--explain"]
        let held = try DecoyProcess.run(["search", shared.index, "--queries", "-"] + options, input: lines)
        #expect(held.status == 0, "\(held.messages)")
        let ids = try JSONNode.lines(held.output).map { $0["query_id"].text ?? "" }
        #expect(ids == (0..<1200).map { "q\($0)" })
        for threads in ["1", "2", "3"] {
            let streamed = try DecoyProcess.run(
                ["search", shared.index, "--queries", path, "--threads", threads] + options)
            #expect(streamed.output == held.output, "\(threads) threads")
        }
    }

    @Test("A bad line at the end of a long file is found before anything is written, to a file or standard output.")
    func lateError() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let lines = (0..<1100).map { "q\($0)\tcrane river\n" }.joined() + "q7\tagain\n"
        let path = try folder.write("q.tsv", lines)
        for output in [[], ["-o", folder.path("run.trec")]] {
            let outcome = try DecoyProcess.run(["search", shared.index, "--queries", path] + output)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.messages.contains("\(path):1101: duplicate query id \"q7\", first seen on line 8"))
        }
        let input = try DecoyProcess.run(["search", shared.index, "--queries", "-"], input: lines)
        #expect(input.status == 2 && input.output.isEmpty)
        #expect(try folder.files() == ["q.tsv"])
    }
}
