import Essentials
import RetrievalData

/// One system's means in the form of MTEB's task results, so that tools that read those read these too.
///
/// The form is that of `TaskResult` in mteb 1.12.48 and later: `scores` by split, one entry with `hf_subset` `default`, measures under
/// mteb's names (`ndcg_at_10`, `map_at_100`, `recall_at_100`, `precision_at_5`, `mrr_at_10`). Measures that mteb lacks have names of the
/// same kind. The revision is a hash of the input files' hashes, since the data need not be mteb's.
public enum MTEBReport {
    /// The version whose form this is; mteb reads a file without one as a very old one.
    static let formVersion = "1.12.48"

    /// The JSON text of a system of an experiment; nil where there is no such system.
    ///
    /// Throws `EncodingError` for numbers that are none.
    public static func text(
        _ results: ExperimentResults, system: String, languages: [String] = ["eng-Latn"]
    ) throws -> String? {
        guard let result = results.systems[system] else { return nil }
        return try text(
            task: results.dataset, split: results.split, revision: revision(results.provenance.inputs),
            measures: results.measures, values: result.measures, languages: languages)
    }

    /// The JSON text of a run of an evaluation; nil where there is no such run.
    ///
    /// Throws `EncodingError` for numbers that are none.
    public static func text(
        _ report: EvaluationReport, run: String, measures: [Measure], task: String, split: String = "test",
        revision: String = "unknown", languages: [String] = ["eng-Latn"]
    ) throws -> String? {
        guard let result = report.runs.first(where: { $0.name == run }) else { return nil }
        return try text(
            task: task, split: split, revision: revision, measures: measures, values: result.measures,
            languages: languages)
    }

    /// mteb's name of a measure: `ndcg_at_10` for `nDCG@10`; parameters follow the name, as in `precision_rel_2_at_5`.
    static func name(_ measure: Measure) -> String {
        let names = ["nDCG": "ndcg", "AP": "map", "R": "recall", "P": "precision", "RR": "mrr", "Success": "hit_rate"]
        let rest = measure.description.dropFirst(measure.name.count).replacing("@", with: " at ")
        let words = rest.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
        return ([names[measure.name] ?? measure.name.lowercased()] + words).joined(separator: "_")
    }

    private static func text(
        task: String, split: String, revision: String, measures: [Measure], values: [String: Double],
        languages: [String]
    ) throws -> String {
        var scores: [String: JSONTree] = [
            "hf_subset": .string("default"), "languages": .array(languages.map { .string($0) }),
        ]
        for measure in measures {
            if let value = values[measure.description] { scores[name(measure)] = rounded(value) }
        }
        // mteb's main measure of retrieval, else the first of the report.
        let main = measures.first { $0.description == "nDCG@10" } ?? measures.first
        scores["main_score"] = main.flatMap { values[$0.description] }.map(rounded) ?? .null
        return try StableJSON.text(
            JSONTree.object([
                "task_name": .string(task), "dataset_revision": .string(revision), "mteb_version": .string(formVersion),
                "evaluation_time": .null, "kg_co2_emissions": .null,
                "scores": .object([split: .array([.object(scores)])]),
            ]))
    }

    /// Six decimals, as mteb writes.
    private static func rounded(_ value: Double) -> JSONTree { .number((value * 1e6).rounded() / 1e6) }

    private static func revision(_ inputs: [String: String]) -> String {
        if inputs.isEmpty { return "unknown" }
        let lines = ExperimentTables.sorted(inputs).map { "\($0.key)=\($0.value)\n" }.joined()
        let hash = String(StableHash.fnv1a64(lines), radix: 16)
        return String(repeating: "0", count: 16 - hash.count) + hash
    }
}
