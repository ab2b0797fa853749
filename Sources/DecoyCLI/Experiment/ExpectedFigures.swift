import Decoy
import DurableStorage
import Essentials

/// The figures that an experiment gave once, to four decimals; a digit that moves is shown.
struct ExpectedFigures: Codable, Equatable {
    /// Of the index: documents, terms, tokens.
    var index: [String: Int]
    /// The measures by system, as text with four decimals.
    var systems: [String: [String: String]]

    /// The figures of an experiment's results and its index.
    init(_ results: ExperimentResults, index: IndexReader) {
        self.index = [
            "documents": index.storedDocumentCount, "terms": index.summary.termCount, "tokens": index.totalLength,
        ]
        systems = results.systems.mapValues { $0.measures.mapValues { NumberText.fixed($0) } }
    }

    static func read(_ path: String) throws -> ExpectedFigures {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        do {
            return try JSONDecoder().decode(ExpectedFigures.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw InputErrors(
                InputError(
                    source: path, problem: "not a file of expected figures",
                    remedy: "make it anew with --save-expected \(path)"))
        }
    }

    func write(_ path: String) throws {
        try AtomicFile.write(path: path) { try $0.write(StableJSON.text(self)) }
    }

    /// A line for each figure that differs, is missing or is new: `after RR@10: expected 0.8586, now 0.8587`.
    func differences(from now: ExpectedFigures) -> [String] {
        var lines: [String] = []
        func compare(_ name: String, _ old: String?, _ new: String?) {
            if old != new { lines.append("\(name): expected \(old ?? "nothing"), now \(new ?? "nothing")") }
        }
        for key in Set(index.keys).union(now.index.keys).sorted() {
            compare("index \(key)", index[key].map(String.init), now.index[key].map(String.init))
        }
        for system in Set(systems.keys).union(now.systems.keys).sorted() {
            let old = systems[system] ?? [:]
            let new = now.systems[system] ?? [:]
            for measure in Set(old.keys).union(new.keys).sorted() {
                compare("\(system) \(measure)", old[measure], new[measure])
            }
        }
        return lines
    }
}
