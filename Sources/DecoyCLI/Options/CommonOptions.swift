import ArgumentParser
import Essentials

/// Options that every command understands.
struct CommonOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "Say nothing but results and errors.")
    var quiet = false

    @Option(name: .long, help: ArgumentHelp("Threads to use; 0 means all cores.", valueName: "n"))
    var threads = 0

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Read further options from a JSON file; options given by hand win.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var configurationFile: String?

    /// The number of threads to use.
    var threadCount: Int { threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        guard threads >= 0, threads <= 1024 else {
            throw ValidationError("--threads \(threads) is out of range; give 0 (all cores) to 1024")
        }
    }

    /// Says something to the person unless the command is quiet.
    func say(_ text: String) {
        if !quiet { Console.message(text) }
    }
}
