/// How many queries became worse and better by how much, as a line of bars: `··▁·▂▃▅│█▄▂▁···▁`.
///
/// The bins left of the middle hold the queries that became worse, those right of it the better ones, the outermost up to `reach`. Queries
/// without a change, often most of them, are left out. The highest bar is the fullest bin; a bin with any query has at least the lowest bar.
struct ChangeHistogram {
    /// The bins of one side.
    static let bins = 8
    private static let bars = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// Differences up to here are rounding, as for wins and losses.
    private static let tie = 1e-12

    /// The bars of the queries that became worse, the largest change first.
    let worse: String
    /// The bars of the queries that became better, the smallest change first.
    let better: String

    /// The histogram of changes; `reach` is the greatest size of a change that is to be shown.
    init(_ changes: [Double], reach: Double) {
        var (down, up) = ([Int](repeating: 0, count: Self.bins), [Int](repeating: 0, count: Self.bins))
        for change in changes where abs(change) > Self.tie && reach > 0 {
            // The bin's upper end belongs to it.
            let place = (abs(change) / reach * Double(Self.bins)).rounded(.up) - 1
            let bin = Int(min(max(place, 0), Double(Self.bins - 1)))
            if change < 0 { down[bin] += 1 } else { up[bin] += 1 }
        }
        let fullest = max(down.max() ?? 0, up.max() ?? 0, 1)
        func bars(_ counts: [Int]) -> String {
            counts.map { Self.bars[($0 * (Self.bars.count - 1) + fullest - 1) / fullest] }.joined()
        }
        worse = bars(down.reversed())
        better = bars(up)
    }
}
