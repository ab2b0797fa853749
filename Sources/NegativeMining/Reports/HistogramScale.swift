/// Bins of equal width between round ends.
struct HistogramScale {
    /// The ends of the bins, ascending; one more than there are bins.
    let edges: [Double]
    private let low: Double
    private let width: Double

    /// The number of bins.
    var count: Int { edges.count - 1 }

    /// Bins of a width that is a decimal: `count` of them from `first` times the width on, which is `unit` times `multiple`.
    ///
    /// `unit` is a power of ten, or the inverse of one where `isInverse`: a decimal divided by it has the fewest digits.
    private init(first: Double, count: Int, multiple: Double, unit: Double, isInverse: Bool) {
        edges = (0...count).map { place in
            let whole = (first + Double(place)) * multiple
            return isInverse ? whole / unit : whole * unit
        }
        low = edges[0]
        width = isInverse ? multiple / unit : multiple * unit
    }

    /// `count` bins from 0 on, of a width of one `parts`-th.
    init(fromZero count: Int, parts: Int) {
        self.init(first: 0, count: max(count, 1), multiple: 1, unit: Double(max(parts, 1)), isInverse: true)
    }

    /// At most about `limit` bins, of a width of 1, 2 or 5 times a power of ten, around values from one to another; nil where these are not
    /// finite or too far apart.
    init?(from minimum: Double, to maximum: Double, limit: Int = 30) {
        let isSpread = maximum - minimum > max(maximum.magnitude, minimum.magnitude) * 1e-9
        let wanted = (isSpread ? maximum - minimum : max(maximum.magnitude, 1)) / Double(max(limit, 1))
        guard wanted.isFinite, wanted > 1e-290, wanted < 1e290, minimum <= maximum else { return nil }
        var unit = 1.0
        let isInverse = wanted < 1
        // The last power of ten below the width that is wanted.
        if isInverse {
            while wanted * unit < 1 { unit *= 10 }
        } else {
            while wanted >= unit * 10 { unit *= 10 }
        }
        let scaled = isInverse ? wanted * unit : wanted / unit
        let multiple = [1.0, 2, 5].first { $0 >= scaled } ?? 10
        let width = isInverse ? multiple / unit : multiple * unit
        let first = (minimum / width).rounded(.down)
        let bins = ((maximum / width).rounded(.up) - first).rounded()
        guard first.magnitude < 0x1p52, bins <= Double(4 * max(limit, 1)) else { return nil }
        self.init(first: first, count: max(Int(bins), 1), multiple: multiple, unit: unit, isInverse: isInverse)
    }

    /// The bin of a value; the first and the last hold what lies beyond.
    func bin(of value: Double) -> Int {
        let place = ((value - low) / width).rounded(.down)
        return place > 0 ? Int(min(place, Double(count - 1))) : 0
    }
}
