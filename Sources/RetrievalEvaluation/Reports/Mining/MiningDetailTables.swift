/// The tables of a mining report with all its details.
struct MiningDetailTables {
    let results: MiningResults

    /// The fates of candidates, most frequent first.
    var fates: ResultTable? {
        guard let fates = results.fates else { return nil }
        let all = max(fates.reduce(0) { $0 + $1.candidates }, 1)
        let isMixture = results.sources != nil
        var table = ResultTable(
            columns: [.init("fate", .left), .init("candidates"), .init("share"), .init("mean rank")]
                + (isMixture ? [] : [.init("mean \(MiningWords.relativeScore)")]) + [.init("meaning", .left)])
        for fate in fates {
            table.append(
                [
                    MiningWords.fate(fate.fate), "\(fate.candidates)",
                    NumberText.percent(Double(fate.candidates) / Double(all)), MiningWords.number(fate.meanRank, 1),
                ] + (isMixture ? [] : [MiningWords.number(fate.meanRelativeScore)])
                    + [MiningWords.meaning(fate.fate)])
        }
        return table
    }

    /// Each source with its counts; nil where there is one.
    var sources: ResultTable? {
        guard let sources = results.sources else { return nil }
        return ResultTable(
            columns: [.init("source", .left)]
                + [
                    "wanted per query", "negatives", "queries with fewer", "rejected", "not needed",
                    "median score kept",
                    "median gap to the positive",
                ].map { .init($0) },
            rows: sources.map { source in
                let unused = (source.fates ?? []).filter { MiningResults.outcome(of: $0.fate) == .unused }
                let rejected = (source.fates ?? []).filter { MiningResults.outcome(of: $0.fate) == .rejected }
                return [
                    source.retriever, "\(source.options.numNegatives)", "\(source.negatives)", "\(source.shortQueries)",
                    "\(rejected.reduce(0) { $0 + $1.candidates })", "\(unused.reduce(0) { $0 + $1.candidates })",
                    MiningWords.number(source.negativeScores?.quantiles?.p50),
                    MiningWords.number(source.gaps?.quantiles?.p50),
                ]
            })
    }

    /// The fates of each source's candidates; nil where there is one source.
    var fatesBySource: ResultTable? {
        guard let sources = results.sources else { return nil }
        let names = (results.fates ?? []).map(\.fate)
        return ResultTable(
            columns: [.init("fate", .left)] + sources.map { .init($0.retriever) },
            rows: names.map { name in
                [MiningWords.fate(name)]
                    + sources.map { source in
                        "\(source.fates?.first { $0.fate == name }?.candidates ?? 0)"
                    }
            })
    }

    /// The distributions of scores.
    var scores: ResultTable {
        let rows = [
            ("positives", results.positiveScores), ("kept", results.negativeScores),
            ("rejected", results.rejectedScores), ("not needed", results.unusedScores),
            ("lowest positive − best negative", results.gaps),
        ]
        return ResultTable(
            columns: [.init("scores of", .left)]
                + ["number", "lowest", "10 %", "median", "90 %", "highest", "mean"].map { .init($0) },
            rows: rows.compactMap { name, scores in
                guard let scores, scores.count > 0 else { return nil }
                return [name, "\(scores.count)"]
                    + [
                        scores.minimum, scores.quantiles?.p10, scores.quantiles?.p50, scores.quantiles?.p90,
                        scores.maximum, scores.mean,
                    ].map { MiningWords.number($0) }
            })
    }

    /// What became of candidates by rank.
    var ranks: ResultTable? {
        guard let ranks = results.ranks else { return nil }
        return ResultTable(
            columns: [.init("rank", .left)]
                + [
                    "candidates", "kept", "rejected", "not needed", "\(MiningWords.relativeScore) kept",
                    "\(MiningWords.relativeScore) rejected",
                    "\(MiningWords.relativeScore) not needed",
                ].map { .init($0) },
            rows: ranks.map { rank in
                func share(_ count: Int) -> String {
                    NumberText.percent(Double(count) / Double(max(rank.candidates, 1)))
                }
                let name = rank.firstRank == rank.lastRank ? "\(rank.firstRank)" : "\(rank.firstRank)–\(rank.lastRank)"
                return [name, "\(rank.candidates)", share(rank.kept), share(rank.rejected), share(rank.unused)]
                    + [rank.keptRelativeScore, rank.rejectedRelativeScore, rank.unusedRelativeScore].map {
                        MiningWords.number($0)
                    }
            })
    }

    /// How many queries have how many negatives.
    var queriesByNegatives: ResultTable? {
        results.queriesByNegatives.map { counts in
            ResultTable(
                columns: [.init("negatives"), .init("queries"), .init("share")],
                rows: counts.map {
                    [
                        "\($0.negatives)", "\($0.queries)",
                        NumberText.percent(Double($0.queries) / Double(max(results.mined, 1))),
                    ]
                })
        }
    }

    /// The queries with too few survivors, those with the fewest first.
    var shortest: ResultTable? {
        results.shortest.map { queries in
            ResultTable(
                columns: [
                    .init("query", .left), .init("text", .left), .init("survivors"), .init("negatives"),
                    .init("what was done", .left), .init("rejected most by", .left),
                ],
                rows: queries.map { query in
                    let reasons = query.rejected.filter { $0.key != "positive" }
                        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2)
                        .map { "\(MiningWords.fate($0.key)) (\($0.value))" }
                    return [
                        query.query, query.text, "\(query.found)", "\(query.negatives)", Self.action(query),
                        reasons.isEmpty ? "nothing" : reasons.joined(separator: ", "),
                    ]
                })
        }
    }

    private static func action(_ query: MiningResults.ShortQuery) -> String {
        var actions: [String] = []
        if query.isWidened { actions.append("looked deeper") }
        if query.filled > 0 { actions.append("filled up with \(query.filled)") }
        if query.isDropped { actions.append("dropped") }
        return actions.isEmpty ? "kept what there is" : actions.joined(separator: ", ")
    }

    /// Version, seed and inputs.
    var provenance: ResultTable {
        var table = ResultTable(columns: [.init("what", .left), .init("value", .left)])
        if let version = results.version { table.append(["version", version]) }
        table.append(["retriever", results.retriever])
        if let analyzer = results.analyzer { table.append(["analyzer", analyzer]) }
        table.append(["seed", "\(results.options.seed)"])
        for (name, checksum) in ExperimentTables.sorted(results.inputs ?? [:]) {
            table.append(["input \(name)", checksum])
        }
        return table
    }
}
