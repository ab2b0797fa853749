import ArgumentParser
import Decoy

/// The options that say how runs are fused.
struct FusionOptions: ParsableArguments {
    @Option(
        help:
            "rrf, weighted, combsum, combmnz, combanz, combmax, combmin or combmed. (default: rrf; weighted with --weights or --normalization)"
    )
    var method: FusionMethod?

    @Option(help: "What is done to each run's scores first: min-max, z-score, maximum, sum or none. (default: min-max)")
    var normalization: ScoreNormalization?

    @Option(help: ArgumentHelp("The weight of each run, as 1,0.5 (weighted and rrf).", valueName: "numbers"))
    var weights: String?

    @Option(help: ArgumentHelp("The constant of rrf. (default: 60)", valueName: "number"))
    var rrfConstant: Double?

    @Option(help: ArgumentHelp("How many of each ranking's first documents count. (default: all)", valueName: "n"))
    var depth: Int?

    func validate() throws {
        guard method?.looksAtScores != false || normalization == nil else {
            throw ValidationError("--normalization has no meaning for --method rrf, which looks at ranks alone")
        }
        guard rrfConstant == nil || fusion.method == .rrf else {
            throw ValidationError("--rrf-constant goes with --method rrf")
        }
        if let weights, fusion.weights == nil {
            throw ValidationError("--weights '\(weights)': give a number for each run, such as 1,0.5")
        }
    }

    /// Whether none of them was given.
    var isEmpty: Bool {
        method == nil && normalization == nil && weights == nil && rrfConstant == nil && depth == nil
    }

    /// What the options say, whatever the runs.
    var fusion: RunFusion {
        RunFusion(
            method ?? (weights == nil && normalization == nil ? .rrf : .weighted),
            normalization: normalization ?? .minMax, weights: weights.flatMap(Self.numbers),
            constant: rrfConstant ?? 60, depth: depth)
    }

    /// The fusions among which a tuning chooses: what the options leave open.
    var choices: [RunFusion] {
        let methods = method.map { [$0] } ?? (normalization == nil ? [.rrf, .weighted] : [.weighted])
        return methods.flatMap { method in
            let normalizations =
                method.looksAtScores ? normalization.map { [$0] } ?? [.minMax, .zScore, .maximum, .sum] : [.minMax]
            return normalizations.map {
                RunFusion(method, normalization: $0, constant: rrfConstant ?? 60, depth: depth)
            }
        }
    }

    private static func numbers(_ text: String) -> [Double]? {
        let parts = text.split { $0 == "," || $0.isWhitespace }
        let numbers = parts.compactMap { Double($0) }
        return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
    }
}

extension FusionMethod: ExpressibleByArgument {}
