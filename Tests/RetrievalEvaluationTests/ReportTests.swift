import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct ReportTests {
    static func results() throws -> ExperimentResults {
        let measures = try Measure.list("RR@10 nDCG@10 R@100")
        func system(_ base: Double) -> SystemResult {
            let means = Dictionary(
                uniqueKeysWithValues: measures.enumerated().map { ($1.description, base + Double($0) / 10) })
            let intervals = means.mapValues { BootstrapInterval(lower: $0 - 0.02, upper: $0 + 0.02, level: 0.95) }
            return SystemResult(
                measures: means, perSeed: [means, means], deviation: means.mapValues { _ in 0.001 },
                intervals: intervals)
        }
        func comparison(_ baseline: String, _ difference: Double, _ p: Double) -> Comparison {
            Comparison(
                baseline: baseline, run: "after", measure: measures[0], difference: difference, p: p, pCorrected: p * 2,
                wins: 30, ties: 60, losses: 10, queries: 100,
                interval: BootstrapInterval(lower: difference - 0.03, upper: difference + 0.03, level: 0.95), test: "t",
                correction: .holm)
        }
        var train = Qrels()
        train.judge(query: "t", document: "d", grade: 1)
        var leak = LeakReport(train: train, test: train, queries: [], evaluations: [])
        leak.systems = ["after": .init(seen: ["RR@10": 0.7], unseen: [:])]
        let mining = JSONTree.object([
            "queries": .integer(100),
            "rejected": .object(["positive": .integer(120), "relativeMargin": .integer(300)]),
            "averagePerQuery": .number(4.5),
            "negativeScores": .object(["mean": .number(7.25), "count": .integer(450)]),
        ])
        var results = ExperimentResults(
            dataset: "homonyms <b>", split: "test", seeds: [1, 2], measures: measures,
            systems: [
                "after": system(0.6), "before": system(0.5), "bm25": system(0.45), "control": system(0.52),
                "untrained": system(0.2), "hybrid": system(0.65), "zusatz": system(0.3),
            ],
            comparisons: [comparison("before", 0.1, 0.0001), comparison("control", 0.08, 0.04)], mining: mining,
            timings: ["train": 12.345, "index": 0.5], leak: leak,
            provenance: Provenance(
                version: "0.1", command: "decoy experiment homonyms -o out", versions: ["ICU": "72.1"],
                inputs: ["corpus.jsonl": "abc"], options: .object(["seed": .unsigned(.max)])),
            notes: ["A note."])
        let fruit = CaseDocument(
            id: "d1", title: "Apple (fruit)", snippet: [SnippetPart(text: "an apple", isQueryWord: true)], grade: 1)
        let company = CaseDocument(id: "d2", title: "Apple Inc.", snippet: [], grade: nil)
        results.cases = [
            QueryCase(
                queryID: "q", query: "apple <script>alert(1)</script> & \"pie\"", valueBefore: 0.14, valueAfter: 1,
                before: [company, fruit], after: [fruit, company], relevant: fruit, rankBefore: 7, rankAfter: 1,
                wrong: company)
        ]
        return results
    }

    @Test("Results in JSON have the documented shape, sorted keys, and read back as they were.")
    func json() throws {
        let results = try Self.results()
        let text = try StableJSON.text(results)
        #expect(try StableJSON.text(results) == text)
        #expect(try JSONDecoder().decode(ExperimentResults.self, from: Data(text.utf8)) == results)
        let value = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        #expect(value["systems"]?["after"]?["measures"]?["RR@10"] == .number(0.6))
        #expect(value["provenance"]?["options"]?["seed"] == .unsigned(.max))
        guard case .array(let comparisons)? = value["comparisons"], case .object(let first)? = comparisons.first,
            case .array(let seeds)? = value["systems"]?["after"]?["perSeed"]
        else {
            Issue.record("comparisons or perSeed are no arrays")
            return
        }
        #expect(seeds.count == 2)
        let keys = ["baseline", "run", "measure", "difference", "p", "pCorrected", "wins", "ties", "losses"]
        #expect(keys.allSatisfy { first[$0] != nil })
        #expect(first["measure"] == .string("RR@10"))
    }

    @Test("The summary gives differences with their p and calls chance by its name.")
    func summary() throws {
        #expect(
            ExperimentTables(try Self.results()).summary
                == "On homonyms <b> (test split, 2 seeds) training with mined hard negatives raises RR@10 from 0.5000 to 0.6000 "
                + "(+0.1000, p < 0.001): of 100 queries 30 got better, 10 got worse, 60 stayed equal. Against training with as many "
                + "random negatives (0.5200) the difference is +0.0800, p = 0.080, which may be chance; against BM25 (0.4500) the "
                + "difference is +0.1500.")
    }

    @Test("Where the change may be chance, the summary says so and how small a change would go unnoticed.")
    func chance() throws {
        var results = try SampleResults.full()
        let measure = results.measures[0]
        results.comparisons = [SampleResults.comparison("before", "after", measure, 0.063, 0.2)]
        results.systems = results.systems.filter { ["before", "after"].contains($0.key) }
        #expect(
            ExperimentTables(results).summary
                == "On scifact (test split, 3 seeds) training with mined hard negatives moves nDCG@10 from 0.5700 to 0.6330 "
                + "(+0.0630, p = 0.600, which may be chance): of 300 queries 96 got better, 61 got worse, 143 stayed equal. With 300 "
                + "queries only a change of about 0.0312 or more would be found with a chance of 0.8; a smaller one may be there and "
                + "not show.")
        results.comparisons[0].pCorrected = 0.01
        results.comparisons[0].pMixed = 0.2
        #expect(
            ExperimentTables(results).summary.contains(
                "moves nDCG@10 from 0.5700 to 0.6330 (+0.0630, p = 0.010 with these seeds but p = 0.200 with any, so it may be chance)"
            ))
        results.comparisons[0].pMixed = 0.02
        #expect(!ExperimentTables(results).summary.contains("would be found"))
        results.systems["after"] = SampleResults.system(0.5, results.measures)
        #expect(ExperimentTables(results).summary.contains("lowers nDCG@10 from 0.5700 to 0.5000 (−0.0700, p = 0.010)"))
    }

    @Test("A case says what stood wrongly first, on which side, and where the relevant document went.")
    func caseSentence() {
        var query = SampleResults.queryCase(0, isWin: true)
        query.relevant.title = "R"
        #expect(
            CaseSentence.text(query) == "“Apple Inc.” stood first before and by the judgements is not what was asked. "
                + "The relevant document “R” moved from rank 3 to rank 1.")
        query.wrong?.grade = 0
        query.valueAfter = 0
        query.rankAfter = nil
        #expect(
            CaseSentence.text(query) == "“Apple Inc.” stood first after and is not what was asked. "
                + "The relevant document “R” stood at rank 3 before and is not found after.")
        query.wrong = nil
        query.rankBefore = nil
        #expect(CaseSentence.text(query) == "The relevant document “R” was found neither before nor after.")
    }

    @Test("Systems stand in the order of the experiment, with deviations.")
    func systemsTable() throws {
        let table = ExperimentTables(try Self.results()).systems
        #expect(table.rows.map { $0[0] } == ["BM25", "untrained", "before", "control", "after", "hybrid", "zusatz"])
        #expect(table.rows[4] == ["after", "0.6000 ± 0.0010***", "0.7000 ± 0.0010", "0.8000 ± 0.0010"])
    }

    @Test("A table aligns its columns as text and escapes its cells in Markdown.")
    func table() {
        let table = ResultTable(
            columns: [.init("name", .left), .init("RR")], rows: [["a|b<c", "0.5"], ["long name", "0.1234"], ["x"]])
        #expect(table.text() == "name           RR\n---------  ------\na|b<c         0.5\nlong name  0.1234\nx\n")
        #expect(
            table.markdown() == "| name | RR |\n| :-- | --: |\n| a\\|b&lt;c | 0.5 |\n| long name | 0.1234 |\n| x |  |\n"
        )
    }

    @Test("The Markdown report holds every table; sections without content are left out.")
    func markdown() throws {
        let text = MarkdownReport.text(try Self.results())
        #expect(text.contains("| relative margin | 300 |\n| positive | 120 |"))
        #expect(text.contains("| negative scores: mean | 7.2500 |"))
        #expect(text.contains("1 of 1 relevant documents of this split (100.0 %)"))
        let empty = ExperimentResults(dataset: "d", split: "dev", seeds: [], measures: try Measure.list("RR"))
        #expect(MarkdownReport.text(empty).contains("no system was trained"))
        #expect(!MarkdownReport.text(empty).contains("## Mining"))
        #expect(HTMLReport.text(empty).contains("</html>"))
    }

    @Test("The evaluation report in JSON has the documented shape.")
    func evaluationReport() throws {
        var qrels = Qrels()
        qrels.judge(query: "q1", document: "a", grade: 1)
        qrels.judge(query: "q2", document: "a", grade: 1)
        let evaluator = Evaluator(qrels: qrels, measures: try Measure.list("RR"))
        let run = Run(name: "r", rankings: [Ranking(queryID: "q1", documents: [ScoredDocument(id: "a", score: 1)])])
        let report = EvaluationReport(qrels: "test.tsv", evaluations: [try evaluator.evaluate(run)], byQuery: true)
        let value = try JSONTree(encoding: report)
        guard case .array(let runs)? = value["runs"], let first = runs.first else {
            Issue.record("no runs")
            return
        }
        #expect(value["qrels"] == .string("test.tsv"))
        #expect(first["queries"]?["judged"] == .integer(2) && first["queries"]?["missing"] == .integer(1))
        #expect(first["measures"]?["RR"] == .number(0.5))
        #expect(first["byQuery"]?["q1"]?["RR"] == .integer(1))
    }

    @Test("Numbers print the same in every locale, without negative zero.")
    func numbers() {
        #expect(NumberText.fixed(0.12345) == "0.1235" && NumberText.fixed(-0.00001) == "0.0000")
        #expect(NumberText.signed(-0.25) == "−0.2500" && NumberText.signed(0) == "±0.0000")
        #expect(NumberText.p(0.0004) == "<0.001" && NumberText.fixed(.nan) == "n/a")
    }
}
