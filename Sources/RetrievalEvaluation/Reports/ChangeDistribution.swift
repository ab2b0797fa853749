/// How the changes of single queries are distributed: how many won, lost and stayed equal, and bins of equal width for the others.
struct ChangeDistribution {
    /// Queries whose value rose.
    let won: Int
    /// Queries whose value is the same to 1e-12.
    let equal: Int
    /// Queries whose value fell.
    let lost: Int
    /// Bins from the largest loss to the largest gain, which meet at 0; empty where nothing changed.
    let bins: [HistogramChart.Bin]

    init(_ changes: [QueryChange]) {
        let differences = changes.map { $0.after - $0.before }.filter(\.isFinite)
        let moved = differences.filter { abs($0) > 1e-12 }
        equal = differences.count - moved.count
        won = moved.count { $0 > 0 }
        lost = moved.count - won
        let reach = moved.map(abs).max() ?? 0
        guard reach > 0 else {
            bins = []
            return
        }
        let step = ChartScale.step(0...reach, 10)
        func side(_ values: [Double]) -> [Int] {
            guard let highest = values.max() else { return [] }
            var counts = Array(repeating: 0, count: max(1, Int((highest / step - 1e-9).rounded(.up))))
            for value in values {
                counts[min(max(Int((value / step - 1e-9).rounded(.down)), 0), counts.count - 1)] += 1
            }
            return counts
        }
        let losses = side(moved.filter { $0 < 0 }.map { -$0 }).enumerated().reversed().map { place, count in
            HistogramChart.Bin(lower: -Double(place + 1) * step, upper: -Double(place) * step, count: count)
        }
        let gains = side(moved.filter { $0 > 0 }).enumerated().map { place, count in
            HistogramChart.Bin(lower: Double(place) * step, upper: Double(place + 1) * step, count: count)
        }
        bins = losses + gains
    }

    /// The counts in words.
    func sentence(_ measure: String) -> String {
        let all = won + equal + lost
        return
            "Of \(all == 1 ? "1 query" : "\(all) queries") \(won) won in \(measure) from before to after, \(lost) lost, "
            + "and \(equal) stayed equal."
    }

    /// A bar of blocks for each bin, the longest 40 wide.
    var text: String {
        let highest = max(bins.map(\.count).max() ?? 0, 1)
        let labels = bins.map { "\(NumberText.signed($0.lower, 2)) … \(NumberText.signed($0.upper, 2))" }
        let width = labels.map(\.count).max() ?? 0
        return zip(bins, labels).map { bin, label in
            let length = bin.count == 0 ? 0 : max(1, bin.count * 40 / highest)
            let padding = String(repeating: " ", count: width - label.count)
            return "\(padding)\(label)  \(String(repeating: "█", count: length))\(length == 0 ? "" : " ")\(bin.count)\n"
        }.joined()
    }
}
