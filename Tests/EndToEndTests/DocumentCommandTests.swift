import Foundation
import Testing

@Suite("Documented commands", .tags(.endToEnd))
struct DocumentCommandTests {
    /// Commands that run in no test, by document, each with the reason.
    static let notRun: [String: [String: String]] = [
        "Documentation/guides/recipes.md": ["decoy search my.index": "needs a terminal"]
    ]

    private static let documents = Result { try DocumentedCommands.all() }
    private static let withCommands = ((try? documents.get()) ?? []).filter { !$0.lines.isEmpty }

    @Test(
        "Every command of a document runs as it stands, ends well, and prints what is marked as output.",
        arguments: withCommands)
    func run(_ document: DocumentedCommands) throws {
        let left = Self.notRun[document.path] ?? [:]
        for command in left.keys { #expect(document.lines.contains(command), "\(command) is no longer there") }
        let outcome = try DocumentSandbox().run(document.lines.filter { left[$0] == nil })
        #expect(outcome.status == 0, "\(document.path): \(outcome.messages)")
        for output in document.outputs { #expect(outcome.output.contains(output), "\(document.path): \(output)") }
    }

    @Test("Every command stands in a block that is run.")
    func marked() throws {
        let documents = try Self.documents.get()
        #expect(documents.count > 40)
        #expect(documents.first?.lines.isEmpty == false)
        for document in documents { #expect(document.unmarked.isEmpty, "\(document.path)") }
    }

    @Test("The targets of make that documents name are in the Makefile.")
    func targets() throws {
        let makefile = try String(
            contentsOf: DocumentedCommands.root.appending(path: "Makefile"), encoding: .utf8)
        for document in try Self.documents.get() {
            for target in document.targets {
                #expect(makefile.contains("\n\(target):"), "\(document.path): make \(target)")
            }
        }
    }

    @Test("The index of Documentation names every page of it.")
    func index() throws {
        let documents = try Self.documents.get()
        let index = try #require(documents.first { $0.path == "Documentation/README.md" })
        for document in documents where document.path.hasPrefix("Documentation/") && document.path != index.path {
            let link = "](\(document.path.dropFirst("Documentation/".count)))"
            #expect(index.text.contains(link), "\(document.path)")
        }
    }

    @Test("The links of documents lead to files.")
    func links() throws {
        for document in try Self.documents.get() {
            let folder = DocumentedCommands.root.appending(path: document.path).deletingLastPathComponent()
            for link in document.text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
                let file = folder.appending(path: String(link.output.1)).standardized.path
                #expect(FileManager.default.fileExists(atPath: file), "\(document.path): \(link.output.1)")
            }
        }
    }
}
