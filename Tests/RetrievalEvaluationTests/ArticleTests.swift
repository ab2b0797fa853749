import Foundation
import RetrievalEvaluation
import Testing

struct ArticleTests {
    @Test("The article Measures has a row for every measure, with its names in trec_eval.")
    func measures() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Sources/RetrievalEvaluation/RetrievalEvaluation.docc/Measures.md")
        let article = try String(contentsOf: file, encoding: .utf8)
        let rows = article.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map {
                $0.split(separator: "|", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
            }
            .filter { $0.count == 6 }
        #expect(rows.map { $0[1] } == Measure.known.map { "`\($0.form)`" })
        #expect(rows.map { $0[3] } == Measure.known.map { $0.trecNames.map { "`\($0)`" }.joined(separator: ", ") })
        for parameter in MeasureParameter.allCases { #expect(article.contains("| `\(parameter.rawValue)=")) }
    }
}
