import ArgumentParser
import Decoy

/// The known measures as `evaluate --help` lists them, one a line.
enum MeasureHelp {
    /// What a shell offers for a measure; any other may be typed.
    static let completion = CompletionKind.list([
        "nDCG@10", "RR@10", "AP", "R@100", "R@1000", "P@5", "P@10", "Success@10", "Judged@10", "Rprec", "Bpref", "RBP",
        "ERR@20",
    ])

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
