import ArgumentParser
import DurableStorage
import Essentials

/// `decoy generate-manual`: writes the pages of the manual, for an installation.
struct GenerateManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-manual",
        abstract: "Write the pages of the manual into a folder.",
        discussion: """
            Writes decoy.1 and decoy-COMMAND.1 for each command; the bytes depend on the version alone.

            EXAMPLES
              decoy generate-manual man1/
              man man1/decoy-search.1
            """.flowing, shouldDisplay: false)

    @Argument(help: "The folder; it is made if it is not there.", completion: .directory)
    var folder: String

    func run() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write([try CommandDescription.root()])
    }

    /// Writes the page at the end of a path, then those below it.
    private func write(_ path: [CommandDescription]) throws {
        let page = ManualPage(path)
        try AtomicFile.write(path: "\(folder)/\(page.name).1") { try $0.write(page.text) }
        for command in path.last?.commands ?? [] { try write(path + [command]) }
    }
}
