extension ExperimentTables {
    /// How near mined candidates come to the positives, by system.
    public var hardness: ResultTable {
        ResultTable(
            columns: [
                .init("system", .left), .init("queries"), .init("mean gap"), .init("share below 0"),
            ],
            rows: results.hardness.map {
                [
                    Self.title($0.system), "\($0.queries)", NumberText.signed($0.meanGap),
                    NumberText.percent($0.shareAbove),
                ]
            })
    }

    /// What the gaps mean; empty where there are none.
    var hardnessNote: String {
        if results.hardness.isEmpty { return "" }
        var note =
            "The gap of a training query is the score of its worst relevant document minus that of its best mined candidate. Below 0 a wrong "
            + "document looks better than a right one; the further to the right, the better the two are told apart."
        let gaps = ["before", "after"].compactMap { name in results.hardness.first { $0.system == name } }
        if gaps.count == 2 {
            note +=
                " The mean gap goes from \(NumberText.signed(gaps[0].meanGap, 3)) before to \(NumberText.signed(gaps[1].meanGap, 3)) after; "
            note +=
                "a candidate stands above a relevant document for \(NumberText.percent(gaps[0].shareAbove)) of the queries before, "
            note += "\(NumberText.percent(gaps[1].shareAbove)) after."
        }
        return note
    }

    /// The first and last loss of each training, and its best and last value on dev.
    public var learning: ResultTable {
        var table = ResultTable(
            columns: [.init("system", .left)]
                + ["seed", "epochs", "first loss", "last loss", "best on dev", "last on dev"].map { .init($0) })
        for curve in results.learning {
            table.append([
                Self.title(curve.system), "\(curve.seed)", "\(curve.losses.count)",
                curve.losses.first.map { NumberText.fixed($0) } ?? "–",
                curve.losses.last.map { NumberText.fixed($0) } ?? "–",
                curve.devValues.max().map { NumberText.fixed($0) } ?? "–",
                curve.devValues.last.map { NumberText.fixed($0) } ?? "–",
            ])
        }
        return table
    }

    /// What other values of options give; the best of each option stands out, and the value in use is named.
    public var ablations: ResultTable {
        var table = ResultTable(
            columns: [.init("option", .left), .init("value", .left), .init("split", .left)]
                + results.measures.map { .init($0.description) })
        for result in results.ablations {
            table.append(
                [result.option, result.isUsed ? result.value + " (used)" : result.value, result.split]
                    + results.measures.map { measure in
                        guard let mean = result.measures[measure.description] else { return "–" }
                        let deviation = result.deviation?[measure.description].map { " ± " + NumberText.fixed($0) }
                        return NumberText.fixed(mean) + (deviation ?? "")
                    })
        }
        for (column, measure) in results.measures.enumerated() {
            for option in Set(results.ablations.map(\.option)) {
                let values = results.ablations.map { $0.option == option ? $0.measures[measure.description] : nil }
                for row in MeasureText.best(values, measure) { table.emphasize(row: row, column: column + 3) }
            }
        }
        return table
    }

    /// What the ablation is; empty where there was none.
    var ablationNote: String {
        if results.ablations.isEmpty { return "" }
        return
            "The system “after” with one option set otherwise, measured on queries that are not those of the tables above, so that "
            + "choosing an option here does not flatter the results. The best value of an option is bold."
    }
}
