/// In which order rows that are kept and rows that are new stand in a folder: a new row takes the place of the one it replaces, or the end.
struct RowOrder {
    /// Consecutive rows of one kind.
    struct Run: Hashable {
        var isNew: Bool
        var rows: Range<Int>
    }

    private let kept: Int
    private var added = 0
    /// The new row for each kept one that is replaced.
    private var replacements: [Int: Int] = [:]
    private var appended: [Run] = []

    /// The order of rows that are all kept.
    init(kept: Int) { self.kept = kept }

    /// The number of rows.
    var count: Int { kept + added - replacements.count }

    /// The number of rows that are replaced.
    var replacedCount: Int { replacements.count }

    /// Adds the next new row, in the place of a kept one or at the end.
    mutating func add(replacing row: Int?) {
        if let row { replacements[row] = added } else { Self.append(added..<(added + 1), isNew: true, to: &appended) }
        added += 1
    }

    /// The rows from the first to the last.
    ///
    /// Complexity: O(replaced · log replaced + runs).
    var runs: [Run] {
        var runs: [Run] = []
        var next = 0
        for (row, new) in replacements.sorted(by: { $0.key < $1.key }) {
            Self.append(next..<row, isNew: false, to: &runs)
            Self.append(new..<(new + 1), isNew: true, to: &runs)
            next = row + 1
        }
        Self.append(next..<kept, isNew: false, to: &runs)
        for run in appended { Self.append(run.rows, isNew: true, to: &runs) }
        return runs
    }

    private static func append(_ rows: Range<Int>, isNew: Bool, to runs: inout [Run]) {
        if let last = runs.last, last.isNew == isNew, last.rows.upperBound == rows.lowerBound {
            runs[runs.count - 1].rows = last.rows.lowerBound..<rows.upperBound
        } else if !rows.isEmpty {
            runs.append(Run(isNew: isNew, rows: rows))
        }
    }
}
