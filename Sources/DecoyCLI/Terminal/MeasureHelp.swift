import Decoy

/// The known measures as `evaluate --help` lists them, one a line.
enum MeasureHelp {
    static var lines: String {
        let known = Measure.known
        let width = known.map(\.form.count).max() ?? 0
        return known.map { measure in
            "  " + measure.form.padding(toLength: width + 2) + measure.summary
        }
        .joined(separator: "\n")
    }
}

extension String {
    fileprivate func padding(toLength length: Int) -> String {
        self + String(repeating: " ", count: max(0, length - count))
    }
}
