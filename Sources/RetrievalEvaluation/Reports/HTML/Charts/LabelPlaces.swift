/// Where labels stand so that none covers another.
enum LabelPlaces {
    /// Places as near as possible to those wanted, at least `apart` from each other and within the range where it has room for all.
    static func spread(_ wanted: [Double], apart: Double, within range: ClosedRange<Double>) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var places = order.map { min(max(wanted[$0], range.lowerBound), range.upperBound) }
        for place in places.indices.dropFirst() { places[place] = max(places[place], places[place - 1] + apart) }
        // What was pushed out at the end pushes back.
        var limit = range.upperBound
        for place in places.indices.reversed() {
            places[place] = min(places[place], limit)
            limit = places[place] - apart
        }
        var spread = wanted
        for (place, index) in zip(places, order) { spread[index] = place }
        return spread
    }

    /// A text of at most so many characters; a longer one ends in an ellipsis.
    static func cut(_ text: String, _ length: Int) -> String {
        text.count > length ? text.prefix(max(length - 1, 0)) + "…" : text
    }
}
