import Decoy

/// Run files that are used together.
struct RunFiles {
    /// The runs under the names of their files.
    let runs: [Run]
    /// How many queries any run has.
    let queries: Int

    /// Reads the files.
    init(_ paths: [String]) throws {
        runs = try paths.map { path in
            var run = try RunReader.read(path)
            run.name = RunNames.name(of: path, among: paths)
            return run
        }
        queries = Set(runs.flatMap { $0.rankings.map(\.queryID) }).count
    }

    /// One line for a person: `154 queries of 2 runs; bm25 lacks 2`.
    var coverage: String {
        let lacking = runs.filter { $0.rankings.count < queries }
            .map { "\($0.name) lacks \(queries - $0.rankings.count)" }
        return "\(queries) queries of \(runs.count) runs"
            + (lacking.isEmpty ? "" : "; " + lacking.joined(separator: ", "))
    }
}
