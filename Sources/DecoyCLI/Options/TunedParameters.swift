import Decoy
import Essentials

/// What `decoy tune` saves and `--tuned` reads: the similarity, and how it was come by.
struct TunedParameters: Codable, Sendable, Hashable {
    /// The index that was tuned on.
    struct Index: Codable, Sendable, Hashable {
        var documents: Int
        var analyzer: String
    }

    /// BM25 with the parameters that were chosen.
    var similarity: BM25
    /// The weights of the fields that were chosen, where the index has fields.
    var fields: FieldWeights?
    /// What was made as high as possible.
    var measure: Measure
    /// Its mean with the chosen parameters.
    var value: Double
    /// Its mean with the default parameters.
    var defaultValue: Double
    /// The split, or the name of the file with the judgements.
    var split: String
    /// The number of queries.
    var queries: Int
    var index: Index
    /// Everything that was tried, the test and the cross-validation.
    var search: TuningResult
    /// The version of the program.
    var version = DecoyVersion.current

    /// What a search takes from a file; all else in it is for people.
    struct Choice: Decodable {
        var similarity: BM25
        var fields: FieldWeights?
        var fusion: TunedFusion?
    }

    /// Reads the choice of a file.
    static func choice(path: String) throws -> Choice {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        func wrong(_ problem: String) -> InputErrors {
            InputErrors(
                InputError(
                    source: path, problem: problem,
                    remedy: #"expected what decoy tune -o writes: {"similarity": {"k1": 0.9, "b": 0.4}, …}"#))
        }
        let choice: Choice
        do {
            choice = try JSONDecoder().decode(Choice.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw wrong("not a file of tuned parameters")
        }
        do {
            try choice.similarity.validate()
        } catch {
            throw wrong(String(describing: error))
        }
        if let weight = choice.fusion?.denseWeight, !(weight.isFinite && weight >= 0) {
            throw wrong("fusion.denseWeight is \(weight); it must be 0 or more")
        }
        return choice
    }
}
