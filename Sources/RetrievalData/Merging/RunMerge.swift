/// Merges the runs of the shards of a collection: of each query the best documents of all, in the total order.
///
/// Scores are those of the files, character by character. Where the shards were scored by the statistics of the whole, the lines are those
/// of a run over the whole.
public struct RunMerge: Sendable {
    /// The form of the merged run.
    public enum Format: String, Sendable, CaseIterable {
        case trec, jsonl, msmarco
    }

    private let paths: [String]
    private let queries: [QueryID]
    /// The form of the runs: `trec` or `jsonl`.
    public let form: Format
    /// Whether the runs leave it open which of some queries comes first; these stand by their ids then.
    public let orderIsOpen: Bool

    /// Reads which queries the runs have, in the order of `queries` if it is given, else in one that agrees with every run.
    ///
    /// Throws `InputErrors` where a file is no run that `decoy search` writes as TREC or JSON lines, forms differ, or runs have their queries in orders that contradict each other. Memory: the ids
    /// of the queries.
    public init(_ paths: [String], queries order: [QueryID]? = nil) throws {
        if paths.contains("-") {
            throw InputErrors(
                InputError(source: "-", problem: "runs are read twice", remedy: "write them to files and name these"))
        }
        self.paths = paths
        let read = try paths.map(RankedLines.queries)
        let runs = read.map(\.queries)
        let form = read.lazy.compactMap(\.form).first ?? .trec
        self.form = form
        for (path, run) in zip(paths, read) where run.form != nil && run.form != form {
            throw InputErrors(
                InputError(
                    source: path, problem: "is of another form than the other runs (\(form.rawValue))",
                    remedy: "search all shards with the same --output-format"))
        }
        if let order {
            let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
            for (path, run) in zip(paths, runs) { try Self.check(path, run, places) }
            let present = Set(runs.joined())
            queries = order.filter(present.contains)
            orderIsOpen = false
            return
        }
        guard let order = QueryOrder(runs) else {
            throw InputErrors(
                InputError(
                    source: paths.joined(separator: ", "),
                    problem: "the runs have the same queries in different orders",
                    remedy: "search all shards with the same file of queries"))
        }
        queries = order.queries
        orderIsOpen = order.isOpen
    }

    private static func check(_ path: String, _ run: [QueryID], _ places: [QueryID: Int]) throws {
        var last = -1
        for query in run {
            guard let place = places[query], place > last else {
                throw InputErrors(
                    InputError(
                        source: path,
                        problem: "query \(JSONText.quoted(query)) does not stand where the file of queries has it",
                        remedy: "search with that file of queries, or leave it out"))
            }
            last = place
        }
    }

    /// Hands on the lines of one query after the other, with its best `k` documents.
    ///
    /// The form is that of the runs unless it is `msmarco`. Throws `InputErrors` where two runs have one document for a query. Memory: the rankings of one query.
    public func write(k: Int, format: Format? = nil, _ write: (String) throws -> Void) throws {
        let format = format ?? form
        guard format == form || format == .msmarco else {
            throw InputErrors(
                InputError(
                    source: paths.first ?? "",
                    problem: "runs of form \(form.rawValue) do not become \(format.rawValue)",
                    remedy: "search all shards with --output-format \(format.rawValue)"))
        }
        let files = try paths.map(RankedLines.init)
        for query in queries {
            var entries: [RankedLines.Entry] = []
            var owners: [DocumentID: String] = [:]
            var tail = ""
            for file in files where file.query == query {
                tail = file.tail
                for entry in try file.next() {
                    if let owner = owners.updateValue(file.name, forKey: entry.document.id) {
                        throw Self.twice(entry.document.id, query, owner, file.name)
                    }
                    entries.append(entry)
                }
            }
            entries.sort { $0.document.precedes($1.document) }
            if format == .jsonl {
                try write(HitsText.start + entries.prefix(k).map(\.text).joined(separator: ",") + tail + "\n")
                continue
            }
            var lines = ""
            for (place, entry) in entries.prefix(k).enumerated() {
                let id = entry.document.id
                switch format {
                case .trec: lines += "\(query) Q0 \(id) \(place + 1) \(entry.text) \(entry.tag)\n"
                default: lines += "\(query)\t\(id)\t\(place + 1)\n"
                }
            }
            try write(lines)
        }
    }

    private static func twice(_ id: DocumentID, _ query: QueryID, _ one: String, _ other: String) -> InputErrors {
        let document = "document \(JSONText.quoted(id)) of query \(JSONText.quoted(query))"
        return InputErrors(
            InputError(
                source: other, problem: one == other ? "\(document) stands twice" : "\(document) is in \(one) too",
                remedy: "merge runs of shards, which share no document; decoy fuse joins runs over the same documents"))
    }
}
