import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct ExportTests {
    @Test("LaTeX escapes every character that TeX would read.")
    func escapes() {
        #expect(
            LaTeXText.escaped("50% & $5 #1 a_b {c} ~^\\ <d>|")
                == "50\\% \\& \\$5 \\#1 a\\_b \\{c\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{} "
                + "\\textless{}d\\textgreater{}\\textbar{}")
        #expect(LaTeXText.escaped("[a]*") == "{[}a{]}{*}")
        #expect(LaTeXText.escaped("−1 ± 2 … “q”\u{7}") == "$-$1 $\\pm$ 2 \\ldots{} ``q'' ")
    }

    @Test("LaTeX tables have rules, the best value in bold and raised marks.")
    func latex() throws {
        let results = try SampleResults.full()
        let text = LaTeXReport.text(results)
        #expect(text.contains("    after & 0.6330 $\\pm$ 0.0030\\textsuperscript{**} & "))
        #expect(text.contains("\\textbf{0.6710 $\\pm$ 0.0030}") && text.contains("\\begin{tabular}{@{}lrrrr@{}}"))
        for pair in ["toprule", "midrule", "bottomrule", "end{tabular}", "end{table}"] {
            #expect(text.components(separatedBy: "\\\(pair)").count == 6, "\(pair)")
        }
        // Braces are balanced once escaped ones are gone.
        let bare = text.replacing("\\{", with: "").replacing("\\}", with: "")
        #expect(bare.count { $0 == "{" } == bare.count { $0 == "}" })
        let (report, measures) = try SampleEvaluation.report()
        let evaluation = LaTeXReport.text(report, measures: measures)
        #expect(evaluation.contains("base\\_1 & ") && evaluation.contains("a\\textless{}b\\textgreater{} \\& c"))
    }

    @Test("CSV quotes only what needs it, doubles quotes, and ends rows by CRLF.")
    func quoting() {
        #expect(CSVReport.field("plain text") == "plain text" && CSVReport.field("") == "")
        #expect(CSVReport.field("a,b") == "\"a,b\"" && CSVReport.field("say \"x\"") == "\"say \"\"x\"\"\"")
        #expect(CSVReport.field("two\nlines") == "\"two\nlines\"" && CSVReport.field("a\r\nb") == "\"a\r\nb\"")
        #expect(CSVReport.row(["a", "b,c"]) == "a,\"b,c\"\r\n")
    }

    @Test("CSV holds each seed and the mean in full precision, and reads back as the same numbers.")
    func csv() throws {
        var results = try SampleResults.full()
        results.systems["a,b"] = results.systems["after"]
        let rows = Self.rows(CSVReport.text(results))
        #expect(rows[0] == ["system", "measure", "seed", "value"] && rows.allSatisfy { $0.count == 4 })
        #expect(rows.contains(["bm25", "nDCG@10", "mean", "0.61"]))
        #expect(rows.filter { $0[0] == "bm25" }.count == 4 && rows.filter { $0[0] == "a,b" }.count == 16)
        let value = try #require(
            rows.first { $0[0] == "after" && $0[1] == "AP" && $0[2] == "3" }.flatMap { Double($0[3]) })
        #expect(value == results.systems["after"]?.perSeed[2]["AP"])
        let comparisons = Self.rows(CSVReport.comparisons(results.comparisons))
        #expect(comparisons.count == results.comparisons.count + 1 && Set(comparisons.map(\.count)) == [17])
        let (report, measures) = try SampleEvaluation.report()
        let lines = Self.rows(CSVReport.text(report, measures: measures))
        #expect(lines.contains(["base_1", "q,2", "RR", "0.5"]) && lines.contains(["a<b> & c", "q1", "RR", "1.0"]))
        #expect(lines.filter { $0[1] == "all" }.count == 4)
    }

    @Test("MTEB's form has its names of measures and the main score; an unknown system has none.")
    func mteb() throws {
        let results = try SampleResults.full()
        let text = try #require(try MTEBReport.text(results, system: "after"))
        let value = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        #expect(value["task_name"] == .string("scifact") && value["mteb_version"] == .string("1.12.48"))
        guard case .array(let entries)? = value["scores"]?["test"], let entry = entries.first else {
            Issue.record("no scores of the split")
            return
        }
        #expect(entries.count == 1 && entry["hf_subset"] == .string("default"))
        #expect(entry["languages"] == .array([.string("eng-Latn")]))
        #expect(entry["main_score"] == .number(0.633) && entry["ndcg_at_10"] == .number(0.633))
        #expect(entry["mrr_at_10"] == .number(0.683) && entry["recall_at_100"] == .number(0.733) && entry["map"] != nil)
        #expect(try MTEBReport.text(results, system: "none") == nil)
        #expect(
            try ["P(rel=2)@5", "AP", "Success@5", "Judged@10"].map { MTEBReport.name(try Measure($0)) }
                == ["precision_rel_2_at_5", "map", "hit_rate_at_5", "judged_at_10"])
        let (report, measures) = try SampleEvaluation.report()
        let run = try #require(try MTEBReport.text(report, run: "base_1", measures: measures, task: "t"))
        #expect(run.contains("\"ndcg_at_10\"") && run.contains("\"dataset_revision\" : \"unknown\""))
    }

    @Test("Markdown holds every section, a histogram in text, and no text from outside becomes markup.")
    func markdown() throws {
        var results = try SampleResults.full()
        results.cases[0].query = "*bold* [a](b) `c` <img> | d\nnext"
        let text = MarkdownReport.text(results)
        for title in [
            "Systems", "Change per query", "Queries that changed most", "Recall by depth", "Precision by recall",
            "Hardness of negatives", "Learning", "Comparisons", "Seen and unseen", "Unjudged documents",
            "Chosen on dev", "Other options", "Mining", "Timings", "Provenance", "Options",
        ] {
            #expect(text.contains("\n## \(title)\n"), "\(title)")
        }
        #expect(text.contains("\\*bold\\* \\[a\\](b) \\`c\\` &lt;img> \\| d next |"))
        #expect(text.contains("```text\n") && text.contains("**0.6710 ± 0.0030**"))
        #expect(MarkdownReport.text(results) == text)
    }

    /// A reader of RFC 4180 of the tests' own.
    private static func rows(_ csv: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = ""
        var isQuoted = false
        var scalars = Array(csv.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"":
                scalars.removeFirst()
                field += "\""
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                row.append(field)
                field = ""
            case ("\r", false): break
            case ("\n", false):
                rows.append(row + [field])
                row = []
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        return rows
    }
}
