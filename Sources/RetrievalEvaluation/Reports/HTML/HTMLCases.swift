/// The queries that won or lost most, each with the first documents before and after side by side.
struct HTMLCases {
    private let cases: [QueryCase]
    private let measure: String

    init(_ results: ExperimentResults) {
        cases = results.cases
        measure = results.measures.first?.description ?? "value"
    }

    /// Two lists, of which the first case of each is open; empty where there are no cases.
    var html: String {
        let won = cases.filter { $0.valueAfter >= $0.valueBefore }
        let lost = cases.filter { $0.valueAfter < $0.valueBefore }
        var html = ""
        for (title, list) in [("Queries that won most", won), ("Queries that lost most", lost)] where !list.isEmpty {
            html += "<h3>\(title)</h3>\n"
            for (place, query) in list.enumerated() { html += self.html(query, isOpen: place == 0) }
        }
        return html
    }

    private func html(_ query: QueryCase, isOpen: Bool) -> String {
        let change =
            "\(measure) \(NumberText.fixed(query.valueBefore)) → \(NumberText.fixed(query.valueAfter)) "
            + "(\(NumberText.signed(query.valueAfter - query.valueBefore)))"
        var html = "<details class=\"case\"\(isOpen ? " open" : "")>\n<summary>"
        html += "<span class=\"query\">\(HTMLText.escaped(query.query))</span> "
        html += "<span class=\"change\">\(HTMLText.escaped(change))</span></summary>\n"
        html += HTMLText.paragraph(CaseSentence.text(query))
        html +=
            "<div class=\"sides\">\n" + ranking("before", query.before, query) + ranking("after", query.after, query)
        return html + "</div>\n</details>\n"
    }

    private func ranking(_ title: String, _ documents: [CaseDocument], _ query: QueryCase) -> String {
        var html = "<div>\n<h4>\(title)</h4>\n"
        if documents.isEmpty { return html + "<p class=\"note\">No document was found.</p>\n</div>\n" }
        html += "<ol class=\"ranking\">\n"
        for (place, document) in documents.enumerated() {
            let isWrong = place == 0 && document.id == query.wrong?.id
            let kind = document.isRelevant ? " class=\"relevant\"" : isWrong ? " class=\"wrong\"" : ""
            html += "<li\(kind)>\(HTMLText.escaped(document.title)) "
            html += "<span class=\"label\">\(HTMLText.escaped(Self.label(document, isWrong: isWrong)))</span>\n"
            let snippet = document.snippet.map(Self.part).joined()
            if !snippet.isEmpty { html += "<p class=\"snippet\">\(snippet)</p>\n" }
            html += "</li>\n"
        }
        return html + "</ol>\n</div>\n"
    }

    private static func part(_ part: SnippetPart) -> String {
        let text = HTMLText.escaped(part.text)
        return part.isQueryWord ? "<mark>\(text)</mark>" : text
    }

    private static func label(_ document: CaseDocument, isWrong: Bool) -> String {
        if let grade = document.grade, document.isRelevant {
            return grade == 1 ? "✓ relevant" : "✓ relevant, grade \(grade)"
        }
        if isWrong { return document.grade == nil ? "✗ not what was asked (not judged)" : "✗ not what was asked" }
        return document.grade == nil ? "not judged" : "not relevant"
    }
}
