import Essentials

/// The discount log2(rank + 1) of DCG, from a table for the ranks that runs mostly have.
enum RankDiscount {
    /// The discounts of the places 0, 1, … (ranks 1, 2, …).
    static let table = (0..<1000).map { log2(Double($0 + 2)) }

    /// The discount of a place counted from 0.
    @inline(__always)
    static func at(_ place: Int, table: [Double]) -> Double {
        place < table.count ? table[place] : log2(Double(place) + 2)
    }
}
