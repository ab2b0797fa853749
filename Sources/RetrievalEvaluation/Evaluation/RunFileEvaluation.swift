import Dispatch
import RetrievalData
import Synchronization

extension Evaluator {
    /// Measures a run file (TREC or MS MARCO; `-` is standard input) without holding it in memory.
    ///
    /// The values are those of `evaluate(_:)` with the run that `RunReader.read(_:)` reads, whatever the number of
    /// threads. The name is the run's own where none is given. `progress` is told the number of rankings measured so far,
    /// after each. Where the lines of a query stand apart, a file is read again and held whole; standard input is
    /// refused. Throws what the reader throws. Complexity: O(lines), and O(n log n) for a ranking that is not in order.
    /// Memory: one ranking a thread, and for each query its id and its values.
    public func evaluate(
        runFile path: String, name: String? = nil, threads: Int = 1,
        progress: @Sendable (_ rankings: Int) -> Void = { _ in }
    ) throws -> Evaluation {
        try evaluate(runFile: path, name: name, threads: threads, minimumPart: 4 << 20, progress: progress)
    }

    func evaluate(
        runFile path: String, name: String?, threads: Int, minimumPart: Int,
        progress: @Sendable (_ rankings: Int) -> Void
    ) throws -> Evaluation {
        if let parts = try RunReader.parts(path, count: threads, minimumSize: minimumPart),
            let evaluation = try evaluate(parts, of: path, name: name, progress: progress)
        {
            return evaluation
        }
        var session = try session(named: "")
        var count = 0
        let scan = try RunReader.scan(path) { ranking in
            session.add(ranking)
            count += 1
            progress(count)
        }
        if let scan { return session.finish(name: name ?? scan.name) }
        var run = try RunReader.read(path)
        run.name = name ?? run.name
        return try evaluate(run)
    }

    /// Measures the parts of a run file at the same time; nil where one is out of the ordinary, so that the file must be
    /// read from its start.
    private func evaluate(
        _ parts: [Range<Int>], of path: String, name: String?, progress: @Sendable (_ rankings: Int) -> Void
    ) throws -> Evaluation? {
        let empty = try session(named: "")
        let done = Mutex([(session: EvaluationSession, scan: RunReader.Scan)?](repeating: nil, count: parts.count))
        let count = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: parts.count) { part in
            var session = empty
            let scan = try? RunReader.scan(path, part: parts[part]) { ranking in
                session.add(ranking)
                progress(count.wrappingAdd(1, ordering: .relaxed).newValue)
            }
            if let scan { done.withLock { $0[part] = (session, scan) } }
        }
        let results = done.withLock { $0.compactMap { $0 } }
        guard results.count == parts.count, let first = results.first?.scan,
            results.allSatisfy({ $0.scan.columns == first.columns })
        else { return nil }
        var session = empty
        for result in results where !session.join(result.session) { return nil }
        return session.finish(name: name ?? first.name)
    }

    /// Measures several run files, in the order given.
    ///
    /// Each thread takes a file at a time; where there are more threads than files, each file is read by several. Throws
    /// the error of the first file in the order that has one. `progress` is told the rankings of all files.
    public func evaluate(
        runFiles files: [(path: String, name: String?)], threads: Int,
        progress: @Sendable (_ rankings: Int) -> Void = { _ in }
    ) throws -> [Evaluation] {
        let outcomes = Mutex([Result<Evaluation, any Error>?](repeating: nil, count: files.count))
        let next = Atomic(0)
        let count = Atomic(0)
        let together = max(1, min(threads, files.count))
        DispatchQueue.concurrentPerform(iterations: together) { _ in
            while true {
                let file = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if file >= files.count { break }
                let outcome = Result {
                    try evaluate(runFile: files[file].path, name: files[file].name, threads: threads / together) { _ in
                        progress(count.wrappingAdd(1, ordering: .relaxed).newValue)
                    }
                }
                outcomes.withLock { $0[file] = outcome }
            }
        }
        return try outcomes.withLock { $0 }.compactMap { try $0?.get() }
    }
}
