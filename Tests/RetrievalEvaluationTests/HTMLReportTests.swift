import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct HTMLReportTests {
    private let sections = [
        "systems", "change", "queries", "cases", "depth", "hardness", "learning", "comparisons", "seen", "unjudged",
        "ablation",
        "mining", "timings", "provenance",
    ]

    @Test("Full results fill every section, and the table of contents names each of them once.")
    func full() throws {
        let html = HTMLReport.text(try SampleResults.full())
        for section in sections {
            #expect(html.components(separatedBy: "<section id=\"\(section)\"").count == 2, "\(section)")
            #expect(html.components(separatedBy: "<a href=\"#\(section)\">").count == 2, "\(section)")
        }
        #expect(html.contains("<pre>decoy experiment scifact --split test --seeds 3 -o out</pre>"))
        #expect(html.contains("“Apple Inc.” stood first before and by the judgements is not what was asked."))
        #expect(html.contains("<mark>apples</mark>") && html.contains("✓ relevant, grade 2"))
    }

    @Test("Each part of the results is enough for its own section and for no other.")
    func parts() throws {
        let full = try SampleResults.full()
        let empty = ExperimentResults(dataset: "d", split: "dev", seeds: [1], measures: full.measures)
        func shown(_ change: (inout ExperimentResults) -> Void) -> [String] {
            var results = empty
            change(&results)
            let html = HTMLReport.text(results)
            #expect(MarkupBalance(html).errors.isEmpty)
            return sections.filter { html.contains("<section id=\"\($0)\"") && $0 != "provenance" }
        }
        #expect(shown { _ in }.isEmpty)
        #expect(shown { $0.systems = full.systems } == ["systems", "change"])
        #expect(shown { $0.changes = full.changes } == ["queries"])
        #expect(shown { $0.cases = full.cases } == ["cases"])
        #expect(shown { $0.curves = full.curves } == ["depth"])
        #expect(shown { $0.hardness = full.hardness } == ["hardness"])
        #expect(shown { $0.learning = full.learning } == ["learning"])
        #expect(shown { $0.comparisons = full.comparisons } == ["comparisons"])
        #expect(shown { $0.leak = full.leak } == ["seen"])
        #expect(shown { $0.unjudged = full.unjudged } == ["unjudged"])
        #expect(shown { $0.ablations = full.ablations } == ["ablation"])
        #expect(shown { $0.mining = full.mining } == ["mining"])
        #expect(shown { $0.timings = full.timings } == ["timings"])
    }

    @Test("Every tag is closed in order, ids are unique, headings skip no level, and every table has a caption.")
    func wellFormed() throws {
        let html = HTMLReport.text(try SampleResults.full())
        let markup = MarkupBalance(html)
        #expect(markup.errors == [])
        #expect(Set(markup.ids).count == markup.ids.count)
        #expect(markup.headings.first == 1 && markup.headings.filter { $0 == 1 }.count == 1)
        #expect(zip(markup.headings, markup.headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        #expect(markup.opened["table"] == markup.opened["caption"])
        let pictures = markup.opened["svg"] ?? 0
        #expect(pictures > 8 && markup.opened["desc"] == pictures && markup.opened["title"] == pictures + 1)
        #expect(html.components(separatedBy: "role=\"img\"").count == pictures + 1)
        #expect(html.contains("<html lang=\"en\">") && html.contains("class=\"skip\""))
        for outside in ["http:", "https:", "src=", "@import", "url(", "<script"] { #expect(!html.contains(outside)) }
        #expect(!html.contains("n/a") && !html.contains("\"nan") && !html.contains(">inf"))
    }

    @Test("Text from outside never becomes markup, wherever it stands.")
    func hostile() throws {
        let evil = "<script>alert(1)</script>\"'&\u{0}\u{202E}]]>--><style>"
        var results = try SampleResults.full()
        results.dataset = evil
        results.split = evil
        results.notes = [evil]
        results.choices = [evil]
        results.timings = [evil: 1]
        results.mining = .object([evil: .string(evil), "rejected": .object([evil: .integer(1)])])
        results.provenance = Provenance(
            version: evil, command: evil, versions: [evil: evil], inputs: [evil: evil],
            options: .object([evil: .string(evil)]))
        results.systems[evil] = results.systems["after"]
        results.curves[0].system = evil
        results.hardness[0].system = evil
        results.learning[0].system = evil
        results.learning[0].devMeasure = evil
        results.ablations[0].option = evil
        results.ablations[0].value = evil
        results.comparisons[0].run = evil
        results.unjudged?.bounds[0].run = evil
        results.leak?.systems[evil] = .init(seen: [:], unseen: [:])
        for place in results.cases.indices {
            results.cases[place].query = evil
            let document = CaseDocument(
                id: evil, title: evil,
                snippet: [.init(text: evil, isQueryWord: true), .init(text: evil, isQueryWord: false)], grade: nil)
            results.cases[place].before = [document]
            results.cases[place].wrong = document
            results.cases[place].relevant = document
        }
        let html = HTMLReport.text(results)
        #expect(MarkupBalance(html).errors == [])
        #expect(!html.contains("<script") && html.components(separatedBy: "<style>").count == 2)
        #expect(!html.unicodeScalars.contains("\u{0}") && !html.unicodeScalars.contains("\u{202E}"))
        #expect(html.components(separatedBy: "&lt;script&gt;alert(1)").count > 40)
    }

    @Test(
        "Text has a contrast of at least 4.5 to 1 on every ground it stands on, lines and shapes one of at least 3 to 1, in both themes."
    )
    func contrast() throws {
        for theme in [HTMLTheme.light, HTMLTheme.dark] {
            for ground in [theme.ground, theme.panel] {
                for text in [theme.text, theme.soft, theme.good, theme.bad, theme.series[0]] {
                    #expect(try Self.contrast(text, ground) >= 4.5, "\(text) on \(ground)")
                }
            }
            #expect(try Self.contrast(theme.text, theme.mark) >= 4.5)
            for colour in theme.series { #expect(try Self.contrast(colour, theme.ground) >= 3, "\(colour)") }
        }
        #expect(HTMLTheme.light.series.count == 8 && HTMLTheme.dark.series.count == 8)
    }

    @Test("The same results give the same page, and a row of systems shows the best value and the marks.")
    func deterministic() throws {
        let results = try SampleResults.full()
        let html = HTMLReport.text(results)
        #expect(HTMLReport.text(try SampleResults.full()) == html)
        #expect(html.contains("<strong>0.6710 ±&nbsp;0.0030</strong>") && html.contains("0.6330 ±&nbsp;0.0030**"))
    }

    @Test(
        "Odd results give a whole page: no system, one, one query, equal values, numbers that are none, thousands of queries."
    )
    func edges() throws {
        var results = try SampleResults.full()
        results.systems = ["after": SampleResults.system(0.5, results.measures)]
        results.seeds = []
        results.changes = [QueryChange(queryID: "q", before: 0, after: 1)]
        results.curves = [
            RankCurve(system: "after", depths: [10], recall: [0.5], precision: Array(repeating: 0.5, count: 11))
        ]
        results.hardness = [NegativeHardness(system: "after", gaps: [], edges: [0, 1])]
        results.learning = [LearningCurve(system: "after", seed: 1, losses: [0.5])]
        results.cases[0].before = []
        check(results)
        results.systems = [
            "before": SampleResults.system(0, results.measures), "after": SampleResults.system(0, results.measures),
        ]
        results.changes = (0..<5000).map { QueryChange(queryID: "q\($0)", before: 0.5, after: 0.5) }
        check(results)
        for (name, value) in [("before", Double.nan), ("after", .infinity)] {
            results.systems[name] = SampleResults.system(value, results.measures)
        }
        results.changes = (0..<5000).map {
            QueryChange(queryID: "q\($0)", before: 0, after: $0 == 7 ? .nan : Double($0) / 5000)
        }
        results.learning[0].losses = [.nan, 0.3, .infinity]
        results.hardness[0].meanGap = .nan
        check(results)
        results.measures = []
        check(results)
    }

    @Test("An evaluation becomes a page with its runs, bars and comparisons.")
    func evaluation() throws {
        let (report, measures) = try SampleEvaluation.report()
        let html = HTMLReport.text(report, measures: measures)
        #expect(MarkupBalance(html).errors == [])
        for section in ["runs", "measures", "comparisons", "coverage"] {
            #expect(html.contains("<section id=\"\(section)\""))
        }
        #expect(html.contains("a&lt;b&gt; &amp; c") && !html.contains("a<b>"))
    }

    private func check(_ results: ExperimentResults) {
        let html = HTMLReport.text(results)
        #expect(MarkupBalance(html).errors == [])
        #expect(html.hasSuffix("</html>\n"))
        // Coordinates are numbers whatever the values are.
        for word in ["nan", "inf", "n/a"] { #expect(!html.contains("=\"\(word)") && !html.contains("M\(word)")) }
        #expect(MarkdownReport.text(results).hasPrefix("# "))
        #expect(LaTeXReport.text(results).hasPrefix("%"))
    }

    /// The contrast of two colours (WCAG 2.2, relative luminance).
    private static func contrast(_ one: String, _ other: String) throws -> Double {
        let luminances = try [one, other].map { colour in
            let number = try #require(UInt32(colour.dropFirst(), radix: 16))
            let channels = [number >> 16 & 255, number >> 8 & 255, number & 255].map { value in
                let share = Double(value) / 255
                return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
        }
        return (max(luminances[0], luminances[1]) + 0.05) / (min(luminances[0], luminances[1]) + 0.05)
    }
}
