/// What becomes of the stretches at which text is split, as `SplitDelimiterBehavior` in Hugging Face's tokenizers.
enum SplitBehavior: String, CaseIterable, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case contiguous = "Contiguous"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"

    /// A stretch of text that is a delimiter or lies between two.
    struct Stretch {
        var range: Range<Int>
        var isMatch: Bool
    }

    /// The parts of a text whose stretches, in order and without gaps, are given.
    func parts(_ stretches: [Stretch]) -> [Range<Int>] {
        switch self {
        case .removed: stretches.filter { !$0.isMatch }.map(\.range)
        case .isolated: stretches.map(\.range)
        case .contiguous: contiguous(stretches)
        case .mergedWithPrevious:
            merged(stretches) { $0.lowerBound..<$1.upperBound }
        case .mergedWithNext:
            merged(stretches.reversed()) { $1.lowerBound..<$0.upperBound }.reversed()
        }
    }

    private func contiguous(_ stretches: [Stretch]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var previous: Bool?
        for stretch in stretches {
            if previous == stretch.isMatch, let last = parts.popLast() {
                parts.append(last.lowerBound..<stretch.range.upperBound)
            } else {
                parts.append(stretch.range)
            }
            previous = stretch.isMatch
        }
        return parts
    }

    /// Joins a delimiter with the stretch before it in the given order, unless that is a delimiter too.
    private func merged(_ stretches: [Stretch], _ join: (Range<Int>, Range<Int>) -> Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var previous = false
        for stretch in stretches {
            if stretch.isMatch, !previous, let last = parts.popLast() {
                parts.append(join(last, stretch.range))
            } else {
                parts.append(stretch.range)
            }
            previous = stretch.isMatch
        }
        return parts
    }
}
