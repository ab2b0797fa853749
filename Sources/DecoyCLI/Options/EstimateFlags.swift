import ArgumentParser
import Decoy
import Essentials

/// The options of the statistical estimate of false negatives.
struct EstimateFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Reject candidates that are unlabelled positives with a higher probability: a number, auto for the limit that keeps \
            --false-negative-recall of hidden positives out, or off. (default: auto, or off where --relative-margin is given or no estimate can be had)
            """, valueName: "number|auto|off"))
    var maxFalseNegativeProbability: ProbabilityLimit?

    @Option(help: "The share of hidden positives that auto keeps out. (default: 0.85)")
    var falseNegativeRecall: Double?

    @Option(
        help: ArgumentHelp("Take an estimate that decoy audit saved instead of fitting one.", valueName: "file"),
        completion: .file())
    var estimate: String?

    @OptionGroup var second: SecondRetrieverFlags

    func validate() throws {
        guard maxFalseNegativeProbability != .off || (falseNegativeRecall == nil && estimate == nil && second.isEmpty)
        else {
            throw ValidationError(
                "--false-negative-recall, --estimate and --estimate-vectors have no meaning with --max-false-negative-probability off"
            )
        }
        if let falseNegativeRecall {
            if case .probability = maxFalseNegativeProbability {
                throw ValidationError("--false-negative-recall goes with --max-false-negative-probability auto")
            }
            guard estimate == nil else {
                throw ValidationError("--estimate has its limit already: leave out --false-negative-recall")
            }
            guard falseNegativeRecall > 0, falseNegativeRecall <= 1 else {
                throw ValidationError("--false-negative-recall \(falseNegativeRecall): give more than 0 and at most 1")
            }
        }
    }

    /// The option that asks for an estimate whatever the data; nil where the default decides.
    var demand: String? {
        if let maxFalseNegativeProbability {
            return maxFalseNegativeProbability == .off ? nil : "--max-false-negative-probability"
        }
        if falseNegativeRecall != nil { return "--false-negative-recall" }
        if estimate != nil { return "--estimate" }
        return second.isEmpty ? nil : "--estimate-vectors"
    }

    /// The limit that was given; nil for the one that the recall asks for.
    var limit: Double? {
        if case .probability(let limit) = maxFalseNegativeProbability { limit } else { nil }
    }
}

/// A limit of a probability, given or to be found; off is the same as 1.
enum ProbabilityLimit: ExpressibleByArgument, Hashable {
    case auto
    case off
    case probability(Double)

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if argument == "off" || Double(argument) == 1 {
            self = .off
        } else if let value = Double(argument), value >= 0, value < 1 {
            self = .probability(value)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .auto: "auto"
        case .off: "off"
        case .probability(let value): "\(value)"
        }
    }
}

/// A file with an estimate as `decoy audit --save-estimate` writes it.
enum EstimateFile {
    static func read(_ path: String) throws -> FalseNegativeEstimate {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        func wrong(_ problem: String) -> InputErrors {
            InputErrors(
                InputError(source: path, problem: problem, remedy: "expected what decoy audit --save-estimate writes"))
        }
        let estimate: FalseNegativeEstimate
        do {
            estimate = try JSONDecoder().decode(FalseNegativeEstimate.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw wrong("not an estimate of false negatives")
        }
        guard estimate.coefficients.weights.count == estimate.features.count else {
            throw wrong("\(estimate.features.count) features with \(estimate.coefficients.weights.count) weights")
        }
        guard (0...1).contains(estimate.limit) else { throw wrong("the limit is \(estimate.limit); it must be 0 to 1") }
        return estimate
    }
}
