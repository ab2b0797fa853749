import ArgumentParser
import Decoy
import Essentials
import NumericKernels

/// `decoy doctor`: says what this program runs on, whether it works, and what is slow.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say whether decoy works on this machine, and what is slow and why.",
        discussion: """
            Names the versions of the libraries, the instructions of the processor that are used, cores, memory and disk; writes and removes a
            small file in FOLDER and in the folder for temporary files; indexes two documents, cuts words and multiplies two matrices, and
            compares the results with known ones. Ends with 1 when something is broken. Put its output into a report of a fault.

            EXAMPLES
              decoy doctor
              decoy doctor results/
              decoy doctor --json
            """.flowing)

    @Argument(help: "A folder that results are to go to.", completion: .directory)
    var folder = "."

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let isFolder = FileType.isFolder(folder) else { throw FileError.notFound(path: folder) }
        guard isFolder else { throw UsageProblem("\(folder): is a file; give the folder that results go to") }
        // The report says it, with what to do.
        ProductLibrary.whenMissing.withLock { $0 = { _ in } }
        let report = Examination.report(output: folder)
        Console.output(json ? try JSONOutput.text(report) : report.text)
        if !report.isSound { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}
