import ArgumentParser

/// The options of a mining that decide how it runs, not what it finds.
struct MiningRunFlags: ParsableArguments {
    @Flag(
        help:
            "Go on where a mining with the same options and inputs was killed, else start at the first query; Ctrl-C then keeps the place too."
    )
    var resume = false

    @Option(help: ArgumentHelp("Keep the place beside FILE.partial every so many seconds.", valueName: "seconds"))
    var saveEvery = 5.0

    func validate() throws {
        guard saveEvery >= 0, saveEvery.isFinite else {
            throw ValidationError("--save-every: \(saveEvery) cannot be used; expected 0 or more seconds")
        }
    }
}
