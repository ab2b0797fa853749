/// Queries with their positives, negatives and rejected candidates side by side.
struct MiningExamples {
    private let examples: [MiningResults.Example]
    private let seed: UInt64

    init(_ results: MiningResults) {
        examples = results.examples ?? []
        seed = results.options.seed
    }

    /// A box for each query, of which the first is open; empty without any.
    var html: String {
        if examples.isEmpty { return "" }
        let title = "\(MiningWords.count(examples.count, "query", "queries")) drawn by the seed \(seed)"
        return "<h3>\(title)</h3>\n" + HTMLText.paragraph("Texts are cut, and ranks count from 0.", style: "note")
            + examples.enumerated().map { html($1, isOpen: $0 == 0) }.joined()
    }

    private func html(_ example: MiningResults.Example, isOpen: Bool) -> String {
        let rest = example.rejectedCount - example.rejected.count
        let counts =
            "\(MiningWords.count(example.negatives.count, "negative", "negatives")), \(example.rejectedCount) rejected"
        var html = "<details class=\"case\"\(isOpen ? " open" : "")>\n<summary>"
        html += "<span class=\"query\">\(HTMLText.escaped(example.text))</span> "
        html += "<span class=\"change\">\(HTMLText.escaped(counts))</span></summary>\n"
        html += HTMLText.paragraph("Query \(example.query)", style: "note")
        html += "<div class=\"sides\">\n<div>\n"
        html += list("Positives", example.positives, style: "relevant") + list("Negatives", example.negatives)
        html += "</div>\n<div>\n" + list("Rejected", example.rejected)
        if rest > 0 { html += HTMLText.paragraph("and \(rest) more", style: "note") }
        if example.unusedCount > 0 {
            html += HTMLText.paragraph("\(example.unusedCount) passed all filters and were not needed.", style: "note")
        }
        return html + "</div>\n</div>\n</details>\n"
    }

    private func list(_ title: String, _ passages: [MiningResults.Passage], style: String = "") -> String {
        var html = "<h4>\(title)</h4>\n"
        if passages.isEmpty { return html + "<p class=\"note\">None.</p>\n" }
        html += "<ul class=\"ranking\">\n"
        for passage in passages {
            html += "<li\(style.isEmpty ? "" : " class=\"\(style)\"")>\(HTMLText.escaped(passage.document)) "
            html += "<span class=\"label\">\(HTMLText.escaped(Self.label(passage)))</span>\n"
            if let text = passage.text { html += "<p class=\"snippet\">\(HTMLText.escaped(text))</p>\n" }
            html += "</li>\n"
        }
        return html + "</ul>\n"
    }

    /// Rank, score, what that is by the positive's, and the reason with its numbers.
    static func label(_ passage: MiningResults.Passage) -> String {
        var parts: [String] = []
        if passage.fate != "kept" && passage.fate != "positive" { parts.append(reason(passage)) }
        if let source = passage.source { parts.append("from \(source)") }
        if let rank = passage.rank { parts.append("rank \(rank)") }
        if let score = passage.score {
            parts.append("score \(MiningWords.number(score))")
            if let positive = passage.positiveScore, positive > 0 {
                parts.append("\(MiningWords.relativeScore) \(MiningWords.number(score / positive))")
            }
        } else if passage.fate == "positive" {
            parts.append("the retriever doesn’t know it")
        }
        return parts.joined(separator: " · ")
    }

    private static func reason(_ passage: MiningResults.Passage) -> String {
        var text = MiningWords.fate(passage.fate)
        guard let evidence = passage.evidence else { return text }
        if let document = evidence.document { text += " \(document)" }
        // Filters of scores compare the number that stands beside anyway.
        if let value = evidence.value, value != passage.score { text += ": \(MiningWords.number(value))" }
        if let limit = evidence.limit { text += ", limit \(MiningWords.number(limit))" }
        return text
    }
}
