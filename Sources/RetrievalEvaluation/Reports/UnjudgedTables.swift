extension ExperimentTables {
    /// The share of unjudged documents at the top, by system; nil where it was not looked at.
    var unjudgedShares: ResultTable? {
        guard let unjudged = results.unjudged else { return nil }
        let names = results.systemNames.filter { unjudged.shares[$0] != nil }
        return ResultTable(
            columns: [.init("system", .left), .init("unjudged in the first \(unjudged.depth)")],
            rows: names.map { [Self.title($0), NumberText.percent(unjudged.shares[$0] ?? 0)] })
    }

    /// What each difference could be if unjudged documents were judged; nil where it was not looked at.
    var unjudgedBounds: ResultTable? {
        guard let unjudged = results.unjudged else { return nil }
        return ResultTable(
            columns: [
                .init("comparison", .left), .init("\(unjudged.measure)"), .init("at worst"), .init("at best"),
            ],
            rows: unjudged.bounds.map { bound in
                ["\(Self.title(bound.run)) − \(Self.title(bound.baseline))"]
                    + [bound.difference, bound.pessimistic, bound.optimistic].map { NumberText.signed($0) }
            })
    }

    /// What the bounds mean for what the report says; empty where it was not looked at.
    var unjudgedNote: String {
        guard let unjudged = results.unjudged else { return "" }
        var note =
            "Documents that nobody judged count as not relevant. The bounds tell what the difference in \(unjudged.measure) could be if those "
            + "that only one of two systems ranks high were relevant: the other's at worst, its own at best."
        guard let bound = unjudged.bounds.first(where: { $0.baseline == "before" && $0.run == "after" }) else {
            return note
        }
        let turns = (bound.pessimistic < 0) != (bound.optimistic < 0)
        note +=
            turns
            ? " Which of before and after is better could turn by judgements that are missing."
            : " Whatever the missing judgements are, \(bound.pessimistic < 0 ? "before" : "after") stays the better of before and after."
        return note
    }
}
