/// Merges the runs of the shards of a collection: of each query the best documents of all, in the total order.
///
/// Scores are those of the files, character by character. Where the shards were scored by the statistics of the whole, the lines are those
/// of a run over the whole.
///
/// More documents than each shard was searched for can be had of queries where no shard's list ends too early (`MergePool.isCertain`). Of the
/// others the shards are searched again for as many as are wanted, and those runs take the place of the first ones.
public struct RunMerge: Sendable {
    /// The form of the merged run.
    public enum Format: String, Sendable, CaseIterable {
        case trec, jsonl, msmarco
    }

    private let paths: [String]
    private let again: [String]
    private let depth: Int?
    private let queries: [QueryID]
    /// The form of the runs: `trec` or `jsonl`.
    public let form: Format
    /// Whether the runs leave it open which of some queries comes first; these stand by their ids then.
    public let orderIsOpen: Bool

    /// Takes queries in the order of `queries` if it is given, else reads which the runs have, for an order that agrees with every run.
    ///
    /// `depth` is the number of documents for which the shards were searched, nil where it is not to be looked at. The runs of `again` are of
    /// all shards too, and for as many documents as are wanted: a query that stands in one of them is looked for in these alone.
    ///
    /// Throws `InputErrors` where a file is no run that `decoy search` writes as TREC or JSON lines, forms differ, or, without `queries`, runs have their queries in orders that contradict each other.
    /// Memory: the ids of the queries.
    public init(_ paths: [String], depth: Int? = nil, again: [String] = [], queries order: [QueryID]? = nil) throws {
        let all = paths + again
        if all.contains("-") {
            throw InputErrors(
                InputError(source: "-", problem: "runs are read twice", remedy: "write them to files and name these"))
        }
        (self.paths, self.depth, self.again) = (paths, depth, again)
        let read = try all.map { path in
            try order == nil ? RankedLines.queries(path) : (queries: [], form: RankedLines(path).form)
        }
        let form = read.lazy.compactMap(\.form).first ?? .trec
        self.form = form
        for (path, run) in zip(all, read) where run.form != nil && run.form != form {
            throw InputErrors(
                InputError(
                    source: path, problem: "is of another form than the other runs (\(form.rawValue))",
                    remedy: "search all shards with the same --output-format"))
        }
        if let order {
            queries = order
            orderIsOpen = false
            return
        }
        let runs = read.map(\.queries)
        guard let order = QueryOrder(runs) else {
            throw InputErrors(
                InputError(
                    source: all.joined(separator: ", "),
                    problem: "the runs have the same queries in different orders",
                    remedy: "search all shards with the same file of queries"))
        }
        queries = order.queries
        orderIsOpen = order.isOpen
    }

    /// Hands on the lines of one query after the other, with its best `k` documents.
    ///
    /// The form is that of the runs unless it is `msmarco`. Throws `InputErrors` where two runs have one document for a query, where a query does not stand where
    /// `queries` has it, and where it is not certain of some that these are their best. Memory: the rankings of one query.
    public func write(k: Int, format: Format? = nil, _ write: ([UInt8]) throws -> Void) throws {
        let format = format ?? form
        guard format == form || format == .msmarco else {
            throw InputErrors(
                InputError(
                    source: paths.first ?? "",
                    problem: "runs of form \(form.rawValue) do not become \(format.rawValue)",
                    remedy: "search all shards with --output-format \(format.rawValue)"))
        }
        var unsure = 0
        var lines: [UInt8] = []
        try forEachRanking(k: k, isForWriting: true) { ranking, isCertain in
            if !isCertain { unsure += 1 }
            if unsure > 0 { return }
            ranking.select(k)
            lines.removeAll(keepingCapacity: true)
            ranking.append(to: &lines, as: format)
            try write(lines)
        }
        if unsure > 0, let depth {
            throw InputErrors(
                InputError(
                    source: paths.count == 1 ? paths[0] : "\(paths[0]) and \(paths.count - 1) more",
                    problem: "searched for \(depth) documents each, they leave the best \(k) of \(unsure) queries open",
                    remedy:
                        "list these (decoy run unsure), search all shards again with --only and -k \(k), and name those runs too"
                ))
        }
    }

    /// The queries of which the runs do not hold the best `k` documents for certain, in their order; throws as `write` does.
    public func unsure(k: Int) throws -> [QueryID] {
        var unsure: [QueryID] = []
        try forEachRanking(k: k, isForWriting: false) { ranking, isCertain in
            if !isCertain { unsure.append(ranking.query) }
        }
        return unsure
    }

    /// Hands on the documents of one query after the other, and whether the best `k` of them are the best for certain.
    private func forEachRanking(
        k: Int, isForWriting: Bool, _ body: (inout MergedRanking, _ isCertain: Bool) throws -> Void
    ) throws {
        var files = try paths.map { try RankedLines($0) }
        var deeper = try again.map { try RankedLines($0) }
        var ranking = MergedRanking(isForWriting: isForWriting)
        for query in queries {
            var isPresent = try Self.take(query, from: &files, into: &ranking)
            let isAgain = deeper.contains { $0.query == query }
            if isAgain { isPresent = try Self.take(query, from: &deeper, into: &ranking) }
            guard isPresent else { continue }
            let isWhole = isAgain || depth.map { k <= $0 } ?? true
            try body(&ranking, isWhole || ranking.pool.isCertain(k: k, depth: depth ?? 0))
        }
        for file in files + deeper {
            guard let query = file.query else { continue }
            throw InputErrors(
                InputError(
                    source: file.name,
                    problem: "query \(JSONText.quoted(query)) does not stand where the file of queries has it",
                    remedy: "search with that file of queries, or leave it out"))
        }
    }

    /// Reads a query's documents of those files that have it next; returns whether any has.
    private static func take(
        _ query: QueryID, from files: inout [RankedLines], into ranking: inout MergedRanking
    ) throws -> Bool {
        ranking.begin(query)
        var owners: [String] = []
        for place in files.indices where files[place].query == query {
            owners.append(files[place].name)
            ranking.tail = files[place].tail
            try files[place].next(into: &ranking.pool)
            if let (lists, id) = ranking.pool.repeated {
                throw twice(id, query, owners[lists.first], owners[lists.second])
            }
        }
        return !owners.isEmpty
    }

    private static func twice(_ id: DocumentID, _ query: QueryID, _ one: String, _ other: String) -> InputErrors {
        let document = "document \(JSONText.quoted(id)) of query \(JSONText.quoted(query))"
        return InputErrors(
            InputError(
                source: other, problem: one == other ? "\(document) stands twice" : "\(document) is in \(one) too",
                remedy: "merge runs of shards, which share no document; decoy fuse joins runs over the same documents"))
    }
}
