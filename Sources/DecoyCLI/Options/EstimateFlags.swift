import ArgumentParser
import Decoy
import Foundation

/// The options of the statistical estimate of false negatives.
struct EstimateFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reject candidates that are unlabelled positives with a higher probability: a number, or auto for the limit that keeps --false-negative-recall of hidden positives out.",
            valueName: "number|auto"))
    var maxFalseNegativeProbability: ProbabilityLimit?

    @Option(help: "The share of hidden positives that auto keeps out. (default: 0.85)")
    var falseNegativeRecall: Double?

    @Option(help: ArgumentHelp("Take an estimate that decoy audit saved instead of fitting one.", valueName: "file"))
    var estimate: String?

    @OptionGroup var second: SecondRetrieverFlags

    func validate() throws {
        guard maxFalseNegativeProbability != nil || (falseNegativeRecall == nil && estimate == nil && second.isEmpty)
        else {
            throw ValidationError(
                "--false-negative-recall, --estimate and --estimate-vectors go with --max-false-negative-probability")
        }
        if let falseNegativeRecall {
            guard maxFalseNegativeProbability == .auto else {
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

    /// Fits or reads the estimate; nil where none was asked for.
    func estimator(
        retriever: any Retriever, documents: any DocumentStore, queries: [Query], qrels: Qrels, options: MiningOptions,
        threads: Int
    ) throws -> FalseNegativeEstimator? {
        guard let maxFalseNegativeProbability else { return nil }
        let terms = try SecondRetrieverFlags.terms(of: documents)
        let other = try second.open(threads: threads)
        if let estimate {
            var known = try EstimateFile.read(estimate)
            if case .probability(let limit) = maxFalseNegativeProbability {
                known.limit = limit
                known.recall = nil
            }
            return try FalseNegativeEstimator(known, documents: documents, second: other, terms: terms)
        }
        var fitting = EstimateOptions(recall: falseNegativeRecall ?? 0.85, seed: options.seed)
        if case .probability(let limit) = maxFalseNegativeProbability { fitting.limit = limit }
        return try FalseNegativeEstimator.fitted(
            retriever: retriever, documents: documents, queries: queries, qrels: qrels, second: other, terms: terms,
            minimumGrade: options.minimumGrade, options: fitting)
    }
}

/// A second retriever whose agreement is a feature of the estimate.
struct SecondRetrieverFlags: ParsableArguments {
    @Option(help: ArgumentHelp("Vectors whose scores the estimate looks at too.", valueName: "vectors"))
    var estimateVectors: String?

    @Option(help: ArgumentHelp("The model that made --estimate-vectors.", valueName: "model"))
    var estimateModel: String?

    func validate() throws {
        guard (estimateVectors == nil) == (estimateModel == nil) else {
            throw ValidationError("--estimate-vectors and --estimate-model go together")
        }
    }

    /// Whether no second retriever was given.
    var isEmpty: Bool { estimateVectors == nil }

    func open(threads: Int) throws -> (any Retriever)? {
        try estimateVectors.map {
            try RetrieverOptions.openVectors($0, model: estimateModel, threads: threads, method: .exact)
        }
    }

    /// The analyzer of an index, or plain words.
    static func terms(of documents: any DocumentStore) throws -> TermExtraction {
        guard let analyzer = try (documents as? Searcher)?.reader.matchingAnalyzer() else { return PlainTerms.terms }
        return { analyzer.terms(in: $0) }
    }
}

/// A limit of a probability, given or to be found.
enum ProbabilityLimit: ExpressibleByArgument, Hashable {
    case auto
    case probability(Double)

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if let value = Double(argument), value >= 0, value <= 1 {
            self = .probability(value)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .auto: "auto"
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
