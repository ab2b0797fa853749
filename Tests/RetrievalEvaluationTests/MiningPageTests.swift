import Foundation
import RetrievalData
import Testing

@testable import RetrievalEvaluation

@Suite("The page of a mining report")
struct MiningPageTests {
    @Test("A full report fills every section, each with its figures.")
    func full() throws {
        let html = try HTMLReport.text(mining: Self.report())
        for section in ["fates", "scores", "hardness", "estimate", "short", "examples", "provenance"] {
            #expect(html.components(separatedBy: "<section id=\"\(section)\"").count == 2, "\(section)")
        }
        for text in [
            "bm25: 7 negatives for 2 queries, 5 negatives wanted for each. Of 12 candidates 58.3&nbsp;% were kept, 25.0&nbsp;% rejected, and 16.7&nbsp;% passed",
            "Without a positive in the judgements, and so left out: 1 query.",
            "The relative margin rejects what lies right of 0.95.",
            "1 query has fewer than 5, 0 of them none; 3 negatives are missing.", "looked deeper, filled up with 1",
            "near duplicate of positive p1: 0.930, limit 0.800 · rank 4 · score 11.000 · s\u{A0}/\u{A0}s⁺ 1.100",
            "relative margin, limit 9.500 · rank 0 · score 12.000 · s\u{A0}/\u{A0}s⁺ 1.200", "crc32c:1234",
            "decoy mine my.index --queries q.jsonl", "7, highest bin 4",
            "chosen by default", "above 0.0142 it is rejected. It rests on 173 labelled positives",
            "data-title=\"predicted\">0.0070<", "data-title=\"observed\">0.0094<",
        ] { #expect(html.contains(text), "\(text)") }
        #expect(html.contains("<text class=\"soft\" x=\"16.0\""))
    }

    @Test("Every tag is closed in order, ids are unique, headings skip no level, and nothing is loaded from elsewhere.")
    func wellFormed() throws {
        for html in [try HTMLReport.text(mining: Self.report()), try HTMLReport.text(mining: Self.mixture())] {
            let markup = MarkupBalance(html)
            #expect(markup.errors == [])
            #expect(Set(markup.ids).count == markup.ids.count)
            #expect(markup.headings.first == 1 && markup.headings.filter { $0 == 1 }.count == 1)
            #expect(zip(markup.headings, markup.headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
            #expect(markup.opened["table"] == markup.opened["caption"])
            #expect(markup.opened["svg"] ?? 0 >= 4 && markup.opened["desc"] == markup.opened["svg"])
            for outside in ["http:", "https:", "src=", "@import", "url(", "<script"] {
                #expect(!html.contains(outside))
            }
            #expect(!html.contains("\"nan") && !html.contains(">inf") && !html.contains("n/a"))
        }
    }

    @Test("Text from outside never becomes markup, wherever it stands.")
    func hostile() throws {
        let evil = "<script>alert(1)</script>\"'&\u{0}\u{202E}]]>--><style>"
        func poisoned(_ value: JSONTree) -> JSONTree {
            switch value {
            case .string: .string(evil)
            case .array(let values): .array(values.map(poisoned))
            case .object(let members):
                .object(
                    members.merging([evil: .string(evil)]) { one, _ in one }.mapValues(poisoned))
            default: value
            }
        }
        var value = poisoned(Self.mixture())
        // Counts by reason hold numbers alone.
        if case .object(var members) = value {
            members["rejected"] = .object([evil: .integer(2)])
            members["inputs"] = .object([evil: .string(evil)])
            if case .array(let list)? = members["shortest"] {
                members["shortest"] = .array(
                    list.map { query in
                        guard case .object(var members) = query else { return query }
                        members["rejected"] = .object([evil: .integer(3)])
                        return .object(members)
                    })
            }
            if case .array(let list)? = members["sources"] {
                members["sources"] = .array(
                    list.map { source in
                        guard case .object(var members) = source else { return source }
                        members["rejected"] = .object([:])
                        members["inputs"] = nil
                        members["shortest"] = nil
                        return .object(members)
                    })
            }
            value = .object(members)
        }
        let html = try HTMLReport.text(mining: value)
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        for raw in ["<script", "]]>", "--><", "\u{0}", "\u{202E}"] { #expect(!html.contains(raw)) }
        #expect(html.components(separatedBy: "<style>").count == 2)
        #expect(MarkupBalance(html).errors == [])
    }

    @Test("What people judged wrong against a filter is told where there is any.")
    func overruled() throws {
        guard case .object(var members) = Self.report() else { return }
        #expect(try !HTMLReport.text(mining: .object(members)).contains("People judged"))
        members["overruled"] = .object(["teacher": .integer(2), "relativeMargin": .integer(1)])
        let html = try HTMLReport.text(mining: .object(members))
        #expect(html.contains("People judged 3 negatives wrong that filters would have rejected."))
    }

    @Test("A mixture has the charts of each source under its name, and a table of all.")
    func sources() throws {
        let html = try HTMLReport.text(mining: Self.mixture())
        for source in ["bm25", "dense"] { #expect(html.components(separatedBy: "<h3>\(source)</h3>").count == 4) }
        #expect(html.contains("Candidates of each source by fate") && html.contains("from dense"))
    }

    @Test(
        "A report of counts alone still makes a page, an experiment shows details where they are, and other JSON is refused."
    )
    func less() throws {
        guard case .object(var members) = Self.report() else { return }
        let details = [
            "fates", "ranks", "examples", "shortest", "scoreHistogram", "relativeScoreHistogram", "queriesByNegatives",
            "inputs", "command", "version",
        ]
        let full = HTMLReport.miningSummary(.object(members))
        #expect(full.contains("<svg") && MarkupBalance(full).errors == [])
        for key in details { members[key] = nil }
        let html = try HTMLReport.text(mining: .object(members))
        #expect(MarkupBalance(html).errors == [] && !html.contains("<svg"))
        #expect(HTMLReport.miningSummary(.object(members)).isEmpty)
        #expect(throws: DecodingError.self) { try HTMLReport.text(mining: .object(["queries": .integer(1)])) }
        var results = try SampleResults.full()
        results.mining = Self.report()
        let page = HTMLReport.text(results)
        #expect(MarkupBalance(page).errors == [] && page.contains("Fates by rank"))
        let table = MiningTables(Self.report()).figures
        #expect(!table.rows.contains { $0[0].contains("histogram") || $0[0] == "examples" || $0[0] == "ranks" })
    }

    @Test("Histograms in rows draw one bar for each filled bin, and say in words what they show.")
    func panels() {
        let chart = PanelHistogram(
            title: "t", xTitle: "x", edges: [0, 1, 2, 3],
            panels: [
                .init(title: "one", style: "win", counts: [0, 4, 1]),
                .init(title: "two", style: "bar", counts: [0, 0, 0]),
            ], mark: (1, "here"))
        let svg = chart.svg(id: "c")
        #expect(svg.components(separatedBy: "<rect class=\"win\"").count == 3 && !svg.contains("<rect class=\"bar\""))
        #expect(svg.contains(">5, highest bin 4<") && svg.contains(">none<") && svg.contains(">here<"))
        #expect(chart.description == "one: 5, half of them between 1.00 and 2.00. two: none.")
        let empty = PanelHistogram(
            title: "t", xTitle: "x", edges: [], panels: [.init(title: "o", style: "win", counts: [3])])
        #expect(MarkupBalance(empty.svg(id: "e")).errors == [])
    }

    @Test("A logarithmic scale over two powers of ten or less has ticks at 1, 2 and 5.")
    func ticks() {
        #expect(
            ChartScale(1...100, start: 0, end: 1, isLogarithmic: true).labels() == [
                "1", "2", "5", "10", "20", "50", "100",
            ])
    }

    // MARK: - Samples

    private static func report(source: String? = nil) -> JSONTree {
        let named = source.map { "\"source\": \"\($0)\", " } ?? ""
        let text = """
            {"retriever": "\(source ?? "bm25")", "queries": 3, "queriesWithoutPositives": 1, "queriesWithoutPositiveScore": 0,
            "unknownPositives": 0, "candidates": 14, "negatives": 7, "averagePerQuery": 3.5, "shortQueries": 1,
            "emptyQueries": 0, "missingNegatives": 3, "widenedQueries": 1, "filledQueries": 1, "randomNegatives": 1,
            "droppedQueries": 0, "rejected": {"positive": 2, "relativeMargin": 2}, "filters": ["relativeMargin"],
            "options": {"numNegatives": 5, "rangeMin": 0, "rangeMax": 100, "relativeMargin": 0.05,
              "marginAgainst": "lowest", "ifTooFew": "widen", "seed": 7},
            "positiveScores": {"count": 2, "minimum": 9, "maximum": 11, "mean": 10, "quantiles": {"p10": 9, "p50": 9, "p90": 11}},
            "negativeScores": {"count": 7, "minimum": 3, "maximum": 9, "mean": 6, "quantiles": {"p10": 3, "p50": 6, "p90": 9}},
            "rejectedScores": {"count": 3, "minimum": 11, "maximum": 12, "mean": 11.5, "quantiles": {"p10": 11, "p50": 11, "p90": 12}},
            "unusedScores": {"count": 0}, "gaps": {"count": 0},
            "queriesByNegatives": [{"negatives": 2, "queries": 1}, {"negatives": 5, "queries": 1}],
            "fates": [{"fate": "kept", "candidates": 7, "meanRank": 4, "meanRelativeScore": 0.6},
              {"fate": "relativeMargin", "candidates": 2, "meanRank": 0.5, "meanRelativeScore": 1.2},
              {"fate": "surplus", "candidates": 2}, {"fate": "myOwnFilter", "candidates": 1}],
            "ranks": [{"firstRank": 0, "lastRank": 0, "kept": 1, "rejected": 1, "unused": 0, "keptRelativeScore": 0.8, "rejectedRelativeScore": 1.3},
              {"firstRank": 1, "lastRank": 1, "kept": 2, "rejected": 0, "unused": 0, "keptRelativeScore": 0.7},
              {"firstRank": 100, "lastRank": 109, "kept": 0, "rejected": 0, "unused": 2, "unusedRelativeScore": 0.2}],
            "scoreHistogram": {"edges": [0, 5, 10, 15], "positives": [0, 1, 1], "kept": [3, 4, 0], "rejected": [0, 0, 3], "unused": [0, 0, 0]},
            "relativeScoreHistogram": {"edges": [0, 1, 2], "kept": [7, 0], "rejected": [0, 3], "unused": [0, 0]},
            "shortest": [{"query": "q2", "text": "a query", "found": 1, "negatives": 2, "isWidened": true, "filled": 1,
              "isDropped": false, "rejected": {"relativeMargin": 2, "positive": 1}}],
            "examples": [{"query": "q1", "text": "first query", "rejectedCount": 12, "unusedCount": 2,
              "positives": [{"document": "p1", "fate": "positive", "score": 10, "text": "the right one"}, {"document": "p2", "fate": "positive"}],
              "negatives": [{"document": "n1", "fate": "kept", "score": 9, "rank": 1, \(named)"positiveScore": 10, "margin": 1, "text": "a wrong one"}],
              "rejected": [{"document": "r1", "fate": "relativeMargin", "score": 12, "rank": 0, \(named)"positiveScore": 10, "margin": -2,
                "evidence": {"value": 12, "limit": 9.5}, "text": "suspect"},
                {"document": "r2", "fate": "nearDuplicateOfPositive", "score": 11, "rank": 4, "positiveScore": 10,
                "evidence": {"value": 0.93, "limit": 0.8, "document": "p1"}}]}],
            "version": "1.0", "command": "decoy mine my.index --queries q.jsonl", "inputs": {"queries": "crc32c:1234"},
            "judgedQueriesMissing": 0, "notes": ["chosen by default"],
            "falseNegativeEstimate": {"origin": "fitted", "limit": 0.0142, "hiddenPositives": 173, "others": 18527,
              "calibration": [{"from": 0.005, "to": 0.01, "count": 1281, "predicted": 0.006975, "observed": 0.009368}]}}
            """
        return (try? JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))) ?? .null
    }

    private static func mixture() -> JSONTree {
        guard case .object(var members) = report(source: "dense") else { return .null }
        for key in ["ranks", "scoreHistogram", "relativeScoreHistogram"] { members[key] = nil }
        members["retriever"] = .string("bm25=1,dense=1")
        members["sources"] = .array(
            ["bm25", "dense"].map { name in
                guard case .object(var source) = report(source: name) else { return .null }
                source["examples"] = nil
                return .object(source)
            })
        return .object(members)
    }
}
