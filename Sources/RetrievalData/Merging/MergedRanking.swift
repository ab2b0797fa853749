/// The best documents of one query in several runs, and how they are written.
struct MergedRanking {
    /// The query.
    private(set) var query: QueryID = ""
    /// What follows the hits in a JSON line.
    var tail = ""
    /// The documents of the runs.
    var pool: MergePool
    /// The places of the best documents in the pool.
    private var best: [Int] = []

    /// A ranking of no query.
    init(isForWriting: Bool) { pool = MergePool(isForWriting: isForWriting) }

    /// Begins another query without documents.
    mutating func begin(_ query: QueryID) {
        self.query = query
        tail = ""
        pool.removeAll()
    }

    /// Selects the best `k` documents of the runs.
    mutating func select(_ k: Int) { best = pool.best(k) }

    /// Appends the best documents as lines of a run, with ranks from 1 on.
    func append(to lines: inout [UInt8], as format: RunMerge.Format) {
        if format == .jsonl {
            lines.append(contentsOf: HitsText.start.utf8)
            for (rank, place) in best.enumerated() {
                if rank > 0 { lines.append(UInt8(ascii: ",")) }
                pool.withText(of: place) { lines.append(contentsOf: $0) }
            }
            lines.append(contentsOf: tail.utf8)
            lines.append(UInt8(ascii: "\n"))
            return
        }
        let start = Array((query + (format == .trec ? " Q0 " : "\t")).utf8)
        let separator = UInt8(ascii: format == .trec ? " " : "\t")
        for (rank, place) in best.enumerated() {
            lines.append(contentsOf: start)
            pool.withID(of: place) { lines.append(contentsOf: $0) }
            lines.append(separator)
            DecimalText.append(rank + 1, to: &lines)
            if format == .trec {
                lines.append(separator)
                pool.withText(of: place) { lines.append(contentsOf: $0) }
            }
            lines.append(UInt8(ascii: "\n"))
        }
    }
}
