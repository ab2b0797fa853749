import Decoy

/// One option that an experiment tries with several values, on dev.
struct Ablation: Codable, Hashable, Sendable {
    var option: String
    var values: [String]

    /// The share of the training queries that is trained on; tried without mined negatives as well, so that both grow before the reader's eyes.
    static let trainShare = "train-share"

    /// The options that can be tried, and how a value is set; a value that cannot be read gives nil.
    static let known: [(name: String, set: @Sendable (String, inout ExperimentOptions) -> Void?)] = [
        ("relative-margin", { text, options in Double(text).map { options.training.relativeMargin = $0 } }),
        ("num-negatives", { text, options in Int(text).map { options.training.negativesPerQuery = $0 } }),
        (
            "candidate-depth",
            { text, options in
                Int(text).map { depth in
                    options.candidateDepth = depth
                    options.training.candidateDepth = depth
                }
            }
        ),
        ("refresh-negatives", { text, options in Int(text).map { options.training.refreshEvery = $0 } }),
        ("refresh-steps", { text, options in Int(text).map { options.training.refreshSteps = $0 } }),
        ("pool", { text, options in NegativePool(rawValue: text).map { options.pool = $0 } }),
        ("lexical-margin", { text, options in Double(text).map { options.lexicalMargin = $0 } }),
        ("temperature", { text, options in Double(text).map { options.training.temperature = $0 } }),
        ("learning-rate", { text, options in Double(text).map { options.training.learningRate = $0 } }),
        ("epochs", { text, options in Int(text).map { options.training.epochs = $0 } }),
        (
            Self.trainShare,
            { text, options in
                Double(text).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }.map { options.trainShare = $0 }
            }
        ),
        ("batch-size", { text, options in Int(text).map { options.training.batchSize = $0 } }),
    ]

    /// Reads `relative-margin=0,0.05,0.1`.
    init(_ text: String) throws {
        let sides = text.split(separator: "=", maxSplits: 1)
        let names = Self.known.map(\.name).joined(separator: ", ")
        guard sides.count == 2 else {
            throw UsageProblem("--ablate \(text): expected option=value,value,…; the options are \(names)")
        }
        option = String(sides[0])
        values = sides[1].split(separator: ",").map(String.init)
        guard Self.known.contains(where: { $0.name == option }) else {
            throw UsageProblem("--ablate \(text): \(option) cannot be tried; the options are \(names)")
        }
        for value in values { _ = try applied(value, to: ExperimentOptions()) }
    }

    /// The options of an experiment with one value in place of its own.
    func applied(_ value: String, to options: ExperimentOptions) throws -> ExperimentOptions {
        var changed = options
        guard let set = Self.known.first(where: { $0.name == option })?.set, set(value, &changed) != nil else {
            throw UsageProblem("--ablate \(option): the value \(value) cannot be read")
        }
        do {
            try changed.training.validate()
        } catch {
            throw UsageProblem("--ablate \(option): the value \(value) cannot be used: \(error)")
        }
        return changed
    }
}
