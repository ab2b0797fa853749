import LexicalSearch
import TextAnalysis

/// `/analyze`: how the index's analyzer makes terms of a text, as `decoy analyze --json` shows it.
enum AnalyzeEndpoint {
    static let parameters = [Parameter(name: "text", kind: .text(limit: SearchEndpoint.queryLimit), isRequired: true)]

    private struct Analysis: Encodable {
        var analyzer: String
        var text: String
        var filteredText: String?
        var tokens: [AnalysisTrace.Token]
    }

    static func answer(_ call: Route.Call) throws -> ServerResponse {
        guard let reader = call.collection.searcher?.reader else {
            throw Problem.notFound("vectors alone are served, and they have no analyzer")
        }
        let text = try call.arguments.required("text")
        let analyzer = try reader.matchingAnalyzer()
        let trace = analyzer.trace(text)
        return try .json(
            Analysis(
                analyzer: analyzer.options.name, text: text, filteredText: trace.filteredText, tokens: trace.tokens))
    }
}
