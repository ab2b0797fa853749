import Decoy
import Essentials

/// What `decoy fuse --tune` saves and `fuse --tuned` reads.
struct TunedRunFusion: Codable, Sendable, Hashable {
    /// A system that was measured.
    struct System: Codable, Sendable, Hashable {
        /// A run, or a method with its normalisation.
        var name: String
        /// The best weights that were tried, where weights have a meaning.
        var weights: [Double]?
        /// The mean of the measure.
        var mean: Double
    }

    /// What was chosen.
    var fusion: RunFusion
    /// The names of the runs, in the order of the weights.
    var runs: [String]
    /// What was made as high as possible.
    var measure: Measure
    /// Its mean with the chosen fusion, on the queries it was chosen with.
    var value: Double
    /// All that was tried: each run alone, and each method and normalisation with its best weights.
    var systems: [System]
    /// What the whole choice gains on queries that it did not see; nil where there were too few.
    var crossValidation: CrossValidation?
    /// The name of the file with the judgements.
    var split: String
    /// The number of judged queries.
    var queries: Int
    /// The version of the program.
    var version = DecoyVersion.current

    /// What a fusion takes from a file; all else in it is for people.
    struct Choice: Decodable {
        var fusion: RunFusion
        var runs: [String]
    }

    /// Reads the choice of a file for a number of runs.
    static func choice(path: String, runs: Int) throws -> Choice {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        func wrong(_ problem: String) -> InputErrors {
            InputErrors(
                InputError(
                    source: path, problem: problem,
                    remedy:
                        #"expected what decoy fuse --tune --output-tuned writes: {"fusion": {"method": "weighted", …}, …}"#
                ))
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)),
            let choice = try? JSONDecoder().decode(Choice.self, from: data)
        else { throw wrong("not a file of a tuned fusion") }
        guard choice.runs.count == runs else {
            throw UsageProblem(
                "\(path): was tuned with \(choice.runs.count) runs (\(choice.runs.joined(separator: ", "))), and \(runs) are given"
            )
        }
        do {
            try choice.fusion.validate(runs: runs)
        } catch {
            throw wrong(error.description)
        }
        return choice
    }
}
