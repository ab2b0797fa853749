/// A text with its trace and the analyzer's name, as `decoy analyze --json` and the server's `/analyze` show them.
package struct AnalyzedText: Encodable {
    private enum Key: String, CodingKey { case analyzer, text }

    private let analyzer: String
    private let text: String
    private let trace: AnalysisTrace

    /// A text that an analyzer with these options made the trace of.
    package init(_ text: String, trace: AnalysisTrace, analyzer: AnalyzerOptions) {
        self.analyzer = analyzer.name
        self.text = text
        self.trace = trace
    }

    /// Writes the members of the trace beside `analyzer` and `text`.
    package func encode(to encoder: any Encoder) throws {
        try trace.encode(to: encoder)
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(analyzer, forKey: .analyzer)
        try values.encode(text, forKey: .text)
    }
}
