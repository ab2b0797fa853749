import Foundation

/// The commands of a document: what stands in its blocks of code marked `sh`, in order.
struct DocumentedCommands: CustomStringConvertible, Sendable {
    /// The path in the repository.
    let path: String
    let text: String
    var description: String { path }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// README, Documentation and the articles of all catalogues, in the order of their paths.
    static func all() throws -> [DocumentedCommands] {
        let files = FileManager.default.enumerator(atPath: root.appending(path: "Documentation").path)
        let pages = (files?.compactMap { $0 as? String } ?? []).map { "Documentation/" + $0 }
        let sources = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)
        let articles = (sources?.compactMap { $0 as? String } ?? []).map { "Sources/" + $0 }
        return try (["README.md"] + (pages + articles).filter { $0.hasSuffix(".md") }.sorted()).map { path in
            DocumentedCommands(
                path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }

    /// The lines of the blocks marked `sh`.
    var lines: [String] { blocks.filter { $0.mark == "sh" }.flatMap(\.lines) }

    /// The blocks marked `output`: what the commands print in the sandbox too.
    var outputs: [String] { blocks.filter { $0.mark == "output" }.map { $0.lines.joined(separator: "\n") } }

    /// Lines of other blocks, fenced or indented, that begin with a command of this project.
    var unmarked: [String] {
        let fenced = blocks.filter { $0.mark != "sh" }.flatMap(\.lines)
        let indented = outside.filter { $0.hasPrefix("    ") }.map { $0.trimmingCharacters(in: .whitespaces) }
        return (fenced + indented).filter { $0.hasPrefix("decoy ") || $0.hasPrefix("make ") }
    }

    /// The targets of `make` that the document names in text or in a block.
    var targets: Set<String> {
        let inline = text.matches(of: /`make ([a-z][a-z-]*)/).map { String($0.output.1) }
        let called = lines.compactMap { $0.firstMatch(of: /^make ([a-z][a-z-]*)/).map { String($0.output.1) } }
        return Set(inline + called)
    }

    private var blocks: [(mark: String, lines: [String])] { split.blocks }
    private var outside: [String] { split.outside }

    private var split: (blocks: [(mark: String, lines: [String])], outside: [String]) {
        var blocks: [(mark: String, lines: [String])] = []
        var outside: [String] = []
        var isInside = false
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                isInside.toggle()
                if isInside { blocks.append((String(line.dropFirst(3)), [])) }
            } else if isInside {
                blocks[blocks.count - 1].lines.append(line)
            } else {
                outside.append(line)
            }
        }
        return (blocks, outside)
    }
}
