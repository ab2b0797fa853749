extension ExperimentTables {
    /// Each system's measures over test queries whose positives training has and has not seen; nil where splits were not compared.
    public var seenUnseen: ResultTable? {
        guard let leak = results.leak else { return nil }
        var table = ResultTable(
            columns: [.init("system", .left)]
                + results.measures.flatMap { [.init("\($0) seen"), .init("\($0) unseen")] })
        for name in results.systemNames {
            guard let split = leak.systems[name] else { continue }
            table.append(
                [Self.title(name)]
                    + results.measures.flatMap { measure in
                        [split.seen, split.unseen].map { $0[measure.description].map { NumberText.fixed($0) } ?? "–" }
                    })
        }
        return table
    }

    /// What the splits share, in sentences; empty where splits were not compared.
    public var leakNote: String {
        guard let leak = results.leak else { return "" }
        let same = leak.identicalQueryCount
        return "\(leak.sharedPositives) of \(leak.testPositives) relevant documents of this split "
            + "(\(NumberText.percent(leak.sharedShare))) are relevant documents of the train split too. "
            + "Seen: \(Self.queries(leak.seenQueries)) with one of them; unseen: \(Self.queries(leak.unseenQueries)) with none. "
            + "Queries with the text of a train query: \(same); that one nearly equals (similarity "
            + "\(NumberText.fixed(leak.nearDuplicateThreshold, 2)) or more): \(leak.nearDuplicateCount)."
    }

    /// Test queries that a train query nearly equals, the first ones; nil where there are none.
    var nearDuplicates: ResultTable? {
        guard let pairs = results.leak?.nearDuplicates, !pairs.isEmpty else { return nil }
        return ResultTable(
            columns: [.init("test query", .left), .init("train query", .left), .init("similarity")],
            rows: pairs.map { [$0.test, $0.train, NumberText.fixed($0.similarity, 2)] })
    }

    /// Test queries with the text of a train query, the first ones; nil where there are none.
    var identicalQueries: ResultTable? {
        guard let pairs = results.leak?.identicalQueries, !pairs.isEmpty else { return nil }
        return ResultTable(
            columns: [.init("test query", .left), .init("train query", .left)], rows: pairs.map { [$0.test, $0.train] })
    }
}
