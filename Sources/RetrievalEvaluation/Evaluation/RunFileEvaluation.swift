import RetrievalData

extension Evaluator {
    /// Measures a run file (TREC or MS MARCO; `-` is standard input) without holding it in memory.
    ///
    /// The values are those of `evaluate(_:)` with the run that `RunReader.read(_:)` reads. The name is the run's own
    /// where none is given. `progress` is told the number of rankings measured so far, after each. Where the lines of a
    /// query stand apart, a file is read again and held whole; standard input is refused. Throws what the reader throws.
    /// Complexity: O(lines), and O(n log n) for a ranking that is not in order. Memory: one ranking, and for each query
    /// its id and its values.
    public func evaluate(
        runFile path: String, name: String? = nil, progress: (_ rankings: Int) -> Void = { _ in }
    ) throws -> Evaluation {
        var session = try session(named: "")
        var count = 0
        let ownName = try RunReader.scan(path) { ranking in
            session.add(ranking)
            count += 1
            progress(count)
        }
        if let ownName { return session.finish(name: name ?? ownName) }
        var run = try RunReader.read(path)
        run.name = name ?? run.name
        return try evaluate(run)
    }
}
