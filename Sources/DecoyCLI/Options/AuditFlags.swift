import ArgumentParser
import Decoy

/// The settings of filters that `decoy audit` tests.
struct AuditFlags: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "Relative margins to test. (default: 0.05 0.2)")
    var relativeMargin: [Double] = []

    @Option(parsing: .upToNextOption, help: "Absolute margins to test. (default: 1 5)")
    var absoluteMargin: [Double] = []

    @Option(help: "The share of common shingles (Jaccard) from which texts are near duplicates.")
    var nearDuplicateThreshold = 0.8

    @Option(
        parsing: .upToNextOption,
        help: "Estimates to test, by the share that they are to keep out. (default: 0.8 0.85 0.9)")
    var falseNegativeRecall: [Double] = []

    /// The name of the row of the coefficients that come with the program.
    static let standardName = "standard coefficients"

    /// No filter at all.
    static let none = MiningOptions(relativeMargin: nil, dedupe: .off, ifTooFew: .keep)

    func validate() throws {
        for (name, values) in [("relative", relativeMargin), ("absolute", absoluteMargin)] {
            for margin in values where !(margin >= 0 && margin.isFinite) {
                throw ValidationError("--\(name)-margin \(margin): give 0 or more")
            }
        }
        guard nearDuplicateThreshold > 0, nearDuplicateThreshold <= 1 else {
            throw ValidationError(
                "--near-duplicate-threshold \(nearDuplicateThreshold): give more than 0 and at most 1")
        }
        for recall in falseNegativeRecall where !(recall > 0 && recall <= 1) {
            throw ValidationError("--false-negative-recall \(recall): give more than 0 and at most 1")
        }
    }

    /// One setting a filter, then what `mine` does by default; `further` are filters of the user's evidence.
    func settings(
        seed: UInt64, further: [any FalseNegativeFilter], isLexical: Bool, withSecond: Bool
    ) -> [HiddenPositiveTest.Setting] {
        func options(_ change: (inout MiningOptions) -> Void) -> MiningOptions {
            var options = Self.none
            change(&options)
            return options
        }
        let exact = options { $0.dedupe = .exact }
        let near = options {
            $0.dedupe = .near
            $0.nearDuplicateThreshold = nearDuplicateThreshold
        }
        var settings: [HiddenPositiveTest.Setting] = [
            .init("exact duplicates", options: exact),
            .init("near duplicates from \(nearDuplicateThreshold)", options: near),
            .init("ranks from 10", options: options { $0.rangeMin = 10 }),
        ]
        for value in relativeMargin.isEmpty ? [0.05, 0.2] : relativeMargin {
            settings.append(.init("relative margin \(value)", options: options { $0.relativeMargin = value }))
        }
        for value in absoluteMargin.isEmpty ? [1, 5] : absoluteMargin {
            settings.append(.init("absolute margin \(value)", options: options { $0.absoluteMargin = value }))
        }
        for filter in further { settings.append(.init(filter.name, options: Self.none, filters: [filter])) }
        let name = withSecond ? "estimate with vectors" : "estimate"
        for recall in falseNegativeRecall.isEmpty ? [0.8, 0.85, 0.9] : falseNegativeRecall {
            settings.append(
                .init(
                    "\(name), recall \(recall)", options: Self.none,
                    estimate: .fitted(EstimateOptions(recall: recall, seed: seed))))
        }
        settings.append(.init(Self.standardName, options: Self.none, estimate: .known(.standard)))
        let margin = options {
            $0.dedupe = .exact
            $0.relativeMargin = EstimateChoice.margin
        }
        let fitted = HiddenPositiveTest.Estimation.fitted(EstimateOptions(seed: seed))
        settings.append(.init("margin \(EstimateChoice.margin) and \(name)", options: margin, estimate: fitted))
        settings.append(
            .init("defaults of mine", options: exact, estimate: fitted, withoutFit: isLexical ? nil : margin))
        return settings
    }
}
