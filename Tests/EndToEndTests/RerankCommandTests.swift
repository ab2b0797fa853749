import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy rerank", .tags(.endToEnd))
struct RerankCommandTests {
    private func table(_ text: String) -> [String: [(id: String, score: Double)]] {
        var table: [String: [(id: String, score: Double)]] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: " ").map(String.init)
            table[cells[0], default: []].append((cells[2], Double(cells[4]) ?? .nan))
        }
        return table
    }

    @Test("The first documents get the scores that search gives them, the others stand below in their order.")
    func vectors() throws {
        let shared = try Prepared.shared()
        let dense = ["--model", shared.model, "--queries", shared.queries]
        let all = try DecoyProcess.run(["search", shared.vectors, "-k", "1000"] + dense)
        let scores = table(all.output).mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.id, $0.score) }) }
        let first = table(try String(contentsOfFile: shared.run, encoding: .utf8))
        let outcome = try DecoyProcess.run(["rerank", shared.run, shared.vectors, "--depth", "5"] + dense)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains("by dense") && !outcome.messages.contains("does not know"))
        let reranked = table(outcome.output)
        #expect(Set(reranked.keys) == Set(first.keys))
        for (query, documents) in reranked {
            let before = try #require(first[query]).map(\.id)
            #expect(documents.count == before.count)
            #expect(Set(documents.prefix(5).map(\.id)) == Set(before.prefix(5)))
            #expect(documents.dropFirst(5).map(\.id) == Array(before.dropFirst(5)))
            for document in documents.prefix(5) { #expect(document.score == scores[query]?[document.id]) }
            #expect(zip(documents, documents.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
        let cut = try DecoyProcess.run(["rerank", shared.run, shared.vectors, "--depth", "5", "-k", "5"] + dense)
        #expect(table(cut.output).values.allSatisfy { $0.count == 5 })
        let whole = ["rerank", shared.run, shared.vectors, "--interpolate", "0"]
        let same = try DecoyProcess.run(whole + dense)
        #expect(table(same.output).mapValues { $0.map(\.id) } == first.mapValues { $0.map(\.id) })
    }

    @Test("What the retriever does not know and queries without a text stand below or stay, and are counted.")
    func unknown() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let run = try folder.write(
            "r.trec",
            """
            q-bank-river-0 Q0 nowhere 1 9 x
            q-bank-river-0 Q0 bank-money-0 2 8 x
            q-bank-river-0 Q0 bank-river-0 3 7 x
            other Q0 bank-river-0 1 1.5 x

            """)
        let file = folder.path("out.trec")
        let call = ["rerank", run, shared.index, "--queries", shared.queries, "-o", file]
        let outcome = try DecoyProcess.run(call + ["--json"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains("1 that it does not know stand below; 1 queries of the run are not in"))
        let summary = try JSONNode(outcome.output)
        #expect(summary["scored"].number == 2 && summary["unknown"].number == 1)
        #expect(summary["queriesWithoutText"].number == 1 && summary["retriever"].text == "bm25")
        let reranked = table(try String(contentsOfFile: file, encoding: .utf8))
        #expect(reranked["q-bank-river-0"]?.map(\.id) == ["bank-river-0", "bank-money-0", "nowhere"])
        #expect(reranked["other"]?.map(\.score) == [1.5])
        #expect(try DecoyProcess.run(call + ["--quiet"]).messages.isEmpty)
    }

    @Test("Faulty calls and files end with their exit codes and leave no output.")
    func faults() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let strange = try folder.write("strange.trec", "q-bank-river-0 Q0 nowhere 1 9 x\n")
        let queries = ["--queries", shared.queries]
        let others = ["--queries", try folder.write("others.tsv", "nobody\tknows\n")]
        let output = folder.path("out")
        for (options, status, fragment) in [
            ([shared.run, shared.index], 64, "--queries"), ([shared.run] + queries, 64, "retriever"),
            ([shared.run, shared.index, "--depth", "0"] + queries, 64, "--depth 0"),
            ([shared.run, shared.index, "--interpolate", "2"] + queries, 64, "give 0 to 1"),
            (
                [shared.run, shared.index, "--interpolate-normalization", "sum"] + queries, 64,
                "goes with --interpolate"
            ),
            ([shared.run, shared.index, "-k", "0"] + queries, 64, "give 1 or more"),
            (["-", shared.index, "--queries", "-"], 64, "only once"),
            ([shared.run, shared.vectors] + queries, 64, "--model"),
            ([shared.run, shared.model] + queries, 64, "model"),
            ([shared.run, folder.path("none")] + queries, 4, "none"),
            ([folder.path("none.trec"), shared.index] + queries, 4, "none.trec"),
            ([shared.run, shared.index] + others, 2, "none of its queries"),
            ([strange, shared.index] + queries, 2, "holds none of the documents"),
        ] {
            let outcome = try DecoyProcess.run(["rerank"] + options + ["-o", output])
            #expect(outcome.status == Int32(status), "\(options): \(outcome.messages)")
            #expect(outcome.messages.contains(fragment), "\(options): \(outcome.messages)")
            #expect(outcome.output.isEmpty && !FileManager.default.fileExists(atPath: output))
        }
    }
}
