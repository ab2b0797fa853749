import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy evaluate", .tags(.endToEnd))
struct EvaluationCommandTests {
    @Test("The JSON report has the runs, their coverage and measures, and the comparisons with the baseline.")
    func report() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let other = folder.path("other.trec")
        let search = try DecoyProcess.run([
            "search", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "20", "-o", other,
        ])
        #expect(search.status == 0, "\(search.messages)")
        let outcome = try DecoyProcess.run([
            "evaluate", other, "--qrels", shared.test, "--baseline", shared.run, "-m", "nDCG@10 RR@10", "--by-query",
            "--output-format", "json",
        ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let report = try JSONNode(outcome.output)
        #expect(report["qrels"].text == shared.test)
        #expect(report["runs"].items.compactMap { $0["name"].text } == ["bm25", "other"])
        for run in report["runs"].items {
            #expect(run["queries"].keys.isSuperset(of: ["judged", "retrieved", "missing"]))
            #expect(run["queries"]["missing"].number == 0)
            #expect(run["measures"].keys == ["nDCG@10", "RR@10"])
            #expect(run["byQuery"].keys.count == Int(run["queries"]["judged"].number ?? -1))
        }
        let comparisons = report["comparisons"].items
        #expect(comparisons.count == 2)
        for comparison in comparisons {
            #expect(comparison["baseline"].text == "bm25" && comparison["run"].text == "other")
            #expect(
                comparison.keys.isSuperset(of: ["measure", "difference", "p", "pCorrected", "wins", "ties", "losses"]))
            let measure = comparison["measure"].text ?? ""
            let means = report["runs"].items.map { $0["measures"][measure].number ?? .nan }
            #expect(abs(means[1] - means[0] - (comparison["difference"].number ?? .nan)) < 1e-9)
        }
    }

    @Test("trec_eval's names give the same figures as the measures they stand for.")
    func aliases() throws {
        let shared = try Prepared.shared()
        func figures(_ measures: String) throws -> String {
            let outcome = try DecoyProcess.run(
                ["evaluate", shared.run, "--qrels", shared.test, "-m", measures, "--output-format", "json"])
            #expect(outcome.status == 0, "\(outcome.messages)")
            return try JSONNode(outcome.output)["runs"][0]["measures"].canonical()
        }
        #expect(try figures("ndcg_cut_10 map P_5 recall_20") == figures("nDCG@10 AP P@5 R@20"))
        #expect(try figures("num_q bpref iprec_at_recall_0.50") == figures("NumQ Bpref IPrec@0.5"))
    }

    @Test("Counts are sums over all judged queries or, with --intersect, over those that the run answers.")
    func queries() throws {
        let folder = try TemporaryFolder()
        let qrels = folder.path("qrels.trec")
        let run = folder.path("run.trec")
        try Data("1 0 a 1\n1 0 b 2\n2 0 a 1\n".utf8).write(to: URL(fileURLWithPath: qrels))
        try Data("1 Q0 a 1 2.5 t\n1 Q0 c 2 1.5 t\n3 Q0 a 1 1 t\n".utf8).write(to: URL(fileURLWithPath: run))
        func figures(_ options: [String]) throws -> String {
            let measures = "NumQ,NumRet,NumRelRet,NumRel,AP"
            let outcome = try DecoyProcess.run(
                ["evaluate", run, "--qrels", qrels, "-m", measures, "--output-format", "json"] + options)
            #expect(outcome.status == 0, "\(outcome.messages)")
            return try JSONNode(outcome.output)["runs"][0]["measures"].canonical()
        }
        let complete = try JSONNode(#"{"AP":0.25,"NumQ":2,"NumRel":3,"NumRet":2,"NumRet(rel=1)":1}"#).canonical()
        let intersect = try JSONNode(#"{"AP":0.5,"NumQ":1,"NumRel":2,"NumRet":2,"NumRet(rel=1)":1}"#).canonical()
        #expect(try figures([]) == complete)
        #expect(try figures(["--complete"]) == complete)
        #expect(try figures(["--intersect"]) == intersect)
        let both = try DecoyProcess.run(["evaluate", run, "--qrels", qrels, "--complete", "--intersect"])
        #expect(both.status == 64)
        let unknown = try DecoyProcess.run(["evaluate", run, "--qrels", qrels, "-m", "SetF(b=2)"])
        #expect(unknown.status != 0)
        #expect(unknown.messages.contains("unknown parameter 'b=2' (SetF takes rel=n, beta=x, judged_only=True|False)"))
    }

    @Test("Tables and Markdown hold the figures, and queries without an answer are reported.")
    func tables() throws {
        let shared = try Prepared.shared()
        let table = try DecoyProcess.run(["evaluate", shared.run, "--qrels", shared.test])
        #expect(table.status == 0 && table.output.contains("nDCG@10"))
        let markdown = try DecoyProcess.run(
            ["evaluate", shared.run, "--qrels", shared.test, "--output-format", "markdown"])
        #expect(markdown.output.contains("|"))
        let folder = try TemporaryFolder()
        let partial = try folder.write("p.trec", "q-bank-money-1 Q0 bank-money-1 1 1 x\n")
        let missing = try DecoyProcess.run(["evaluate", partial, "--qrels", shared.test, "--output-format", "json"])
        #expect(missing.status == 0)
        #expect((try JSONNode(missing.output)["runs"][0]["queries"]["missing"].number ?? 0) > 0)
        #expect(missing.messages.contains("missing"))
    }

    @Test("All pairs are compared by the bootstrap test, with effect sizes, and bounds for what nobody judged.")
    func allPairs() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let lines = try String(contentsOfFile: shared.run, encoding: .utf8).split(separator: "\n")
        // One run lacks the first document of each query; the other has an unjudged document before all others.
        var seen: Set<Substring> = []
        var without: [Substring] = []
        var with: [Substring] = []
        for line in lines {
            let query = line.prefix { $0 != " " }
            if !seen.insert(query).inserted { without.append(line) } else { with.append("\(query) Q0 nobody 0 1e9 x") }
            with.append(line)
        }
        let one = try folder.write("one.trec", without.joined(separator: "\n") + "\n")
        let two = try folder.write("two.trec", with.joined(separator: "\n") + "\n")
        let arguments = [
            "evaluate", shared.run, one, two, "--qrels", shared.test, "-m", "nDCG@10 RR@10", "--all-pairs",
            "--unjudged",
            "--test", "bootstrap", "--correction", "benjamini-hochberg",
        ]
        let outcome = try DecoyProcess.run(arguments + ["--output-format", "json"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let report = try JSONNode(outcome.output)
        let comparisons = report["comparisons"].items
        let pairs = comparisons.map { "\($0["baseline"].text ?? "") \($0["run"].text ?? "")" }
        #expect(pairs == ["bm25 one", "bm25 one", "bm25 two", "bm25 two", "one two", "one two"])
        for comparison in comparisons {
            #expect(comparison["test"].text == "bootstrap" && comparison["correction"].text == "benjamini-hochberg")
            #expect(
                comparison.keys.isSuperset(of: ["effectSize", "minimumDetectable"])
                    && !comparison.keys.contains("pMixed"))
        }
        let unjudged = report["unjudged"]
        #expect(unjudged["measure"].text == "nDCG@10" && unjudged["depth"].number == 10)
        #expect(unjudged["shares"].keys == ["bm25", "one", "two"] && unjudged["bounds"].items.count == 3)
        for (bound, comparison) in zip(unjudged["bounds"].items, comparisons.filter { $0["measure"].text == "nDCG@10" })
        {
            let numbers = ["pessimistic", "difference", "optimistic"].compactMap { bound[$0].number }
            #expect(numbers.count == 3 && numbers == numbers.sorted())
            #expect(abs((comparison["difference"].number ?? .nan) - (bound["difference"].number ?? .nan)) < 1e-12)
        }
        #expect(try DecoyProcess.run(arguments + ["--output-format", "json"]).output == outcome.output)
        let table = try DecoyProcess.run(arguments)
        #expect(table.output.contains("documents are unjudged") && table.output.contains("at worst"))
        for refused in [["--baseline", one], ["-"]] {
            #expect(try DecoyProcess.run(arguments + refused).status == 64)
        }
    }

    @Test("Threads change nothing, and lines of a query may stand apart in a file but not in standard input.")
    func streaming() throws {
        let folder = try TemporaryFolder()
        let qrels = try folder.write("qrels", (0..<500).map { "q\($0) 0 d\($0 % 7) 1\n" }.joined())
        let lines = (0..<10_000).map { "q\($0 / 20) Q0 d\($0 % 20) 1 \($0 * 7919 % 1000).5 t\n" }
        let ranked = try folder.write("run.trec", lines.joined())
        let apart = (0..<10_000).map { lines[$0 % 20 * 500 + $0 / 20] }.joined()
        let mixed = try folder.write("apart/run.trec", apart)
        func evaluate(_ runs: [String], _ threads: Int) throws -> DecoyProcess.Outcome {
            try DecoyProcess.run(
                ["evaluate"] + runs + ["--qrels", qrels, "--output-format", "json", "--threads", "\(threads)"])
        }
        let alone = try evaluate([ranked], 1)
        #expect(alone.status == 0, "\(alone.messages)")
        #expect(try evaluate([mixed], 2).output == alone.output)
        let both = try evaluate([ranked, mixed], 1)
        #expect(try evaluate([ranked, mixed], 2).output == both.output)
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: ranked))
        let streamed = try DecoyProcess(["evaluate", "-", "--qrels", qrels, "--output-format", "json"], input: input)
        let figures = try JSONNode(try streamed.finish().output)["runs"][0]["measures"]
        #expect(try figures.canonical() == JSONNode(alone.output)["runs"][0]["measures"].canonical())
        let start = String(apart.prefix(20_000))
        let outcome = try DecoyProcess.run(["evaluate", "-", "--qrels", qrels], input: start)
        #expect(outcome.status == 2 && outcome.messages.contains("do not stand together"), "\(outcome.messages)")
    }
}
