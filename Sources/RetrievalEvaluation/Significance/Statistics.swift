/// Sums over queries, always in the order given, so that equal inputs give equal bits.
enum Statistics {
    /// The mean; 0 for no values.
    static func mean(_ values: [Double]) -> Double {
        var sum = 0.0
        for value in values { sum += value }
        return values.isEmpty ? 0 : sum / Double(values.count)
    }

    /// The standard deviation with n - 1; 0 for fewer than two values.
    static func deviation(_ values: [Double]) -> Double {
        if values.count < 2 { return 0 }
        let mean = mean(values)
        var sum = 0.0
        for value in values { sum += (value - mean) * (value - mean) }
        return (sum / Double(values.count - 1)).squareRoot()
    }

    /// The quantile of sorted values by linear interpolation (Hyndman and Fan 1996, type 7); 0 for no values.
    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        if sorted.isEmpty { return 0 }
        let place = share * Double(sorted.count - 1)
        let low = min(max(Int(place), 0), sorted.count - 1)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
}
