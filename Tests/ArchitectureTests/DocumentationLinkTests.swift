import Foundation
import Testing

/// Whether links in the documentation of public declarations lead somewhere: `make docs` refuses what leads to a declaration that is not public.
struct DocumentationLinkTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// The lines of every Swift file of a module.
    private static func lines(of module: String) throws -> [[Substring]] {
        var files: [[Substring]] = []
        let found = FileManager.default.enumerator(at: sources.appending(path: module), includingPropertiesForKeys: nil)
        while let file = found?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            files.append(text.split(separator: "\n", omittingEmptySubsequences: false))
        }
        return files
    }

    @Test(
        "Double backticks in comments of public declarations name public declarations of their module.",
        arguments: [
            "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining", "RetrievalEvaluation",
            "SearchServer",
        ])
    func links(module: String) throws {
        let files = try Self.lines(of: module)
        let declaration = /\b(?:func|var|let|struct|enum|class|actor|protocol|typealias|case|init|subscript)\b *(\w*)/
        var known: Set<Substring> = []
        for line in files.joined() where line.contains("public ") || line.contains("case ") {
            for match in line.matches(of: declaration) { known.insert(match.1) }
        }
        for lines in files {
            var comment: [Substring] = []
            for line in lines {
                let text = line.drop { $0 == " " }
                if text.hasPrefix("///") {
                    comment.append(text)
                } else if !text.hasPrefix("@") {
                    if text.hasPrefix("public ") {
                        for link in comment.joined(separator: " ").matches(of: /``([^`]+)``/) {
                            let last = link.1.split(separator: "/").last ?? ""
                            let name = last.prefix { $0 != "(" && $0 != "-" }
                            #expect(known.contains(name), "\(link.1) in the comment of: \(text)")
                        }
                    }
                    comment = []
                }
            }
        }
    }
}
