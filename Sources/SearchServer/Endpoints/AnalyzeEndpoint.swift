import LexicalSearch
import TextAnalysis

/// `/analyze`: how the index's analyzer makes terms of a text, as `decoy analyze --json` shows it.
enum AnalyzeEndpoint {
    static let parameters = [Parameter(name: "text", kind: .text(limit: SearchEndpoint.queryLimit), isRequired: true)]

    static func answer(_ call: Route.Call) throws -> ServerResponse {
        guard let reader = call.collection.searcher?.reader else {
            throw Problem.notFound("vectors alone are served, and they have no analyzer")
        }
        let text = try call.arguments.required("text")
        let analyzer = try reader.matchingAnalyzer()
        return try .json(AnalyzedText(text, trace: analyzer.trace(text), analyzer: analyzer.options))
    }
}
