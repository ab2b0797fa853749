import ArgumentParser
import Decoy

/// The options of mining: which candidates are looked at, which are rejected, and how the negatives are chosen.
struct MiningFlags: ParsableArguments {
    @Option(help: "How many of the best candidates are passed over.")
    var rangeMin = 0

    @Option(help: "The rank at which candidates end.")
    var rangeMax = 100

    @Option(help: "Negatives for each query.")
    var numNegatives = 5

    @Option(help: "How negatives are chosen from the survivors: top or random.")
    var sampling: MiningOptions.Sampling = .top

    @Option(
        parsing: .unconditional,
        help: "Keep a candidate only this share below the lowest positive's score; a negative number turns it off."
    )
    var relativeMargin = 0.05

    @Option(parsing: .unconditional, help: "Keep a candidate only this far below the lowest positive's score.")
    var absoluteMargin: Double?

    @Option(parsing: .unconditional, help: "Keep a candidate only up to this score.")
    var maxScore: Double?

    @Option(parsing: .unconditional, help: "Keep a candidate only from this score on.")
    var minScore: Double?

    @Option(help: "Reject documents with a positive's or a better candidate's text: exact or off.")
    var dedupe: MiningOptions.Deduplication = .exact

    @Option(help: "The seed of random sampling.")
    var seed: UInt64 = 0

    /// The options as the library takes them.
    func options() throws -> MiningOptions {
        let options = MiningOptions(
            numNegatives: numNegatives, rangeMin: rangeMin, rangeMax: rangeMax, sampling: sampling,
            relativeMargin: relativeMargin < 0 ? nil : relativeMargin, absoluteMargin: absoluteMargin,
            maxScore: maxScore, minScore: minScore, dedupe: dedupe, seed: seed)
        do {
            try options.validate()
        } catch {
            throw UsageProblem(OptionSpelling.sentence(String(describing: error)))
        }
        return options
    }
}

extension MiningOptions.Sampling: ExpressibleByArgument {}
extension MiningOptions.Deduplication: ExpressibleByArgument {}
