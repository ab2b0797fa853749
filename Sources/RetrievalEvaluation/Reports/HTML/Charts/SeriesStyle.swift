/// How a system looks in every chart: a colour, and a dash pattern for those who don't see the colour.
struct SeriesStyle: Hashable {
    /// The class of the colour, `series0` to `series7`.
    let colour: String
    /// The pattern of its lines; empty for a solid one.
    let dashes: String

    private static let patterns = ["", "8 4", "2 3", "10 3 2 3", "5 5", "14 4", "1 5", "8 3 2 3 2 3"]
    private static let known = ["after", "before", "control", "bm25", "hybrid", "untrained"]

    /// The style of the given place; after eight the colours repeat with other dashes, and after 64 the styles.
    init(_ place: Int) {
        let count = Self.patterns.count
        colour = "series\(place % count)"
        dashes = Self.patterns[(place + place / count) % count]
    }

    /// The style of a system among all systems of a report: the known ones always look the same.
    init(system: String, among systems: [String]) {
        if let place = Self.known.firstIndex(of: system) {
            self.init(place)
        } else {
            let others = systems.filter { !Self.known.contains($0) }
            self.init(Self.known.count + (others.firstIndex(of: system) ?? 0))
        }
    }
}
