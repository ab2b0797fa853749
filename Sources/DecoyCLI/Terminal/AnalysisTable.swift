import Decoy

/// An analysis as a table for a person: one token a row.
enum AnalysisTable {
    /// The table, with the text after character filters above it where it is another one.
    static func text(_ trace: AnalysisTrace, of text: String) -> String {
        let filtered = trace.filteredText.map { "filtered text: \(Console.printable($0))\n" } ?? ""
        if trace.tokens.isEmpty { return filtered + "no tokens\n" }
        var table = ResultTable(
            columns: [.init("position"), .init("start"), .init("end")]
                + ["text", "kind", "terms", "filters"].map { .init($0, .left) })
        for token in trace.tokens {
            table.append([
                token.position.map(String.init) ?? "-", "\(token.start)", "\(token.end)",
                Console.printable(original(token, in: text)), token.status.rawValue,
                token.terms.isEmpty ? "-" : list(token.terms), steps(token),
            ])
        }
        return filtered + table.text(width: DisplayWidth.of)
    }

    /// What the filters did, one after the other.
    private static func steps(_ token: AnalysisTrace.Token) -> String {
        token.steps.map { step in
            if !step.terms.isEmpty { return "\(step.filter): \(list(step.terms))" }
            return "\(step.filter): \(token.position == nil ? "nothing left" : "removed")"
        }.joined(separator: "; ")
    }

    private static func list(_ terms: [String]) -> String { terms.map(Console.printable).joined(separator: ", ") }

    /// The bytes of the text that a token was made of.
    private static func original(_ token: AnalysisTrace.Token, in text: String) -> String {
        String(decoding: text.utf8.dropFirst(token.start).prefix(token.end - token.start), as: UTF8.self)
    }
}

/// An analyzer as lines for a person.
enum AnalyzerText {
    /// Name and value of each part: character filters, tokenizer, segmentation, and each filter in its order.
    static func parts(_ options: AnalyzerOptions) -> [(name: String, value: String)] {
        var parts = options.characterFilters.map { (name: "characters", value: $0.description) }
        parts.append(("tokenizer", options.tokenizer.rawValue))
        if options.tokenizer == .words { parts.append(("segmentation", options.segmentation.rawValue)) }
        parts += options.filters.map { (name: "filter", value: $0.description) }
        if options.maximumTokenLength != 255 {
            parts.append(("token length", "at most \(options.maximumTokenLength) bytes"))
        }
        return parts
    }

    /// All profiles, one a row.
    static func profiles() throws -> ResultTable {
        var table = ResultTable(columns: ["analyzer", "segmentation", "filters"].map { .init($0, .left) })
        for name in AnalyzerOptions.knownNames {
            let options = try AnalyzerOptions(named: name)
            let filters = options.filters.map(\.description).joined(separator: ", ")
            table.append([
                name, options.tokenizer == .words ? options.segmentation.rawValue : "white space",
                filters.isEmpty ? "-" : filters,
            ])
        }
        return table
    }
}
