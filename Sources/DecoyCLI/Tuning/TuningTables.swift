import Decoy

/// A tuning's result for people.
struct TuningTables {
    let result: TuningResult

    init(_ result: TuningResult) { self.result = result }

    /// The grid, and what was chosen.
    var text: String { (grid.map { $0.text() + "\n" } ?? "") + summary.text() }

    /// The means of the crossed grid, a row for each value of its first parameter, a column for each of its second; nil unless there are two.
    private var grid: ResultTable? {
        let crossed = result.parameters.indices.filter { result.parameters[$0].isCrossed }
        guard crossed.count == 2 else { return nil }
        let (rows, columns) = (result.parameters[crossed[0]].grid, result.parameters[crossed[1]].grid)
        let means = Dictionary(result.points.map { ($0.values, $0.mean) }, uniquingKeysWith: { first, _ in first })
        let head = crossed.map { result.parameters[$0].name }.joined(separator: " \\ ")
        func cell(_ row: Double, _ column: Double) -> String {
            var point = result.standard.values
            point[crossed[0]] = row
            point[crossed[1]] = column
            return means[point].map { mark(point, $0) } ?? ""
        }
        var table = ResultTable(columns: [.init(head)] + columns.map { .init("\($0)") })
        for row in rows { table.append(["\(row)"] + columns.map { cell(row, $0) }) }
        return table
    }

    private func mark(_ point: [Double], _ mean: Double) -> String {
        let sign = point == result.best.values ? "*" : point == result.standard.values ? "=" : " "
        return NumberText.fixed(mean) + sign
    }

    private var summary: ResultTable {
        var table = ResultTable(
            columns: [.init("", .left)] + result.parameters.map { .init($0.name) } + [
                .init(result.measure.description), .init("gain"), .init("p"),
            ])
        func row(_ name: String, _ point: [String], _ mean: Double, _ gain: Double?, _ p: Double?) {
            table.append(
                [name] + point + [
                    NumberText.fixed(mean), gain.map { ($0 < 0 ? "" : "+") + NumberText.fixed($0) } ?? "",
                    p.map { $0 < 0.001 ? "<0.001" : NumberText.fixed($0, 3) } ?? "",
                ])
        }
        func texts(_ values: [Double]) -> [String] { values.map { "\($0)" } }
        row("default =", texts(result.standard.values), result.standard.mean, nil, nil)
        row("best *", texts(result.best.values), result.best.mean, result.gain, result.p)
        if let validation = result.crossValidation {
            let blank = result.parameters.map { _ in "" }
            row("held out, \(validation.folds) folds", blank, validation.heldOut, validation.gain, validation.p)
        }
        return table
    }

    /// Why the gain may not be one.
    var warnings: [String] {
        if result.best.values == result.standard.values {
            return ["the defaults are as good as anything that was tried on these \(result.queries) queries"]
        }
        var warnings: [String] = []
        if let validation = result.crossValidation {
            if validation.gain <= 0 {
                warnings.append(
                    "the gain is gone on queries that were held out: keep the defaults, or tune on more queries")
            } else if validation.p >= 0.05 {
                warnings.append(
                    "the gain on held-out queries may be chance (p \(NumberText.fixed(validation.p, 3)), "
                        + "\(result.queries) queries)")
            }
        } else {
            warnings.append("without cross-validation nothing is known of the gain on other queries")
        }
        if result.queries < 50 {
            warnings.append("\(result.queries) queries are few to tune on; 50 and more are usual")
        }
        return warnings
    }
}
