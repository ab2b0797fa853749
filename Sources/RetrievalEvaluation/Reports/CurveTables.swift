extension ExperimentTables {
    /// Recall by depth, one row a system.
    var recallByDepth: ResultTable {
        let depths = results.curves.first?.depths ?? []
        return ResultTable(
            columns: [.init("system", .left)] + depths.map { .init("R@\($0)") },
            rows: curves.map { curve in
                [Self.title(curve.system)]
                    + depths.map { depth in
                        zip(curve.depths, curve.recall).first { $0.0 == depth }.map { NumberText.fixed($0.1) } ?? "–"
                    }
            })
    }

    /// Interpolated precision by recall, one row a system.
    var precisionByRecall: ResultTable {
        ResultTable(
            columns: [.init("system", .left)] + (0...10).map { .init(NumberText.fixed(Double($0) / 10, 1)) },
            rows: curves.map { [Self.title($0.system)] + $0.precision.prefix(11).map { NumberText.fixed($0) } })
    }

    /// The curves in the order of the systems, then those of unknown systems.
    var curves: [RankCurve] {
        let names = results.systemNames
        return results.curves.enumerated().sorted { one, other in
            let places = [one, other].map { names.firstIndex(of: $0.element.system) ?? names.count }
            return (places[0], one.offset) < (places[1], other.offset)
        }.map(\.element)
    }
}
