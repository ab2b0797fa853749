/// Cuts a token at its last apostrophe, which in Turkish separates a name from its suffixes: `türkiye'nin` gives `türkiye`.
///
/// Apostrophes are `'`, U+2019, U+02BC and U+FF07. At least two other characters must stand before: `o'neil` stays, `o'neil'in` loses its suffix.
/// Source: Lucene's ApostropheFilter, which knows the first two, cuts at the first, and has no least length.
enum Apostrophe {
    private static let marks: [[UInt8]] = ["'", "\u{2019}", "\u{2BC}", "\u{FF07}"].map { Array($0.utf8) }

    static func apply(to term: inout [UInt8]) {
        var places: [Range<Int>] = []
        while let mark = first(in: term, from: places.last?.upperBound ?? 0) { places.append(mark) }
        guard let last = places.last else { return }
        let length = term[..<last.lowerBound].count { $0 & 0xC0 != 0x80 } - (places.count - 1)
        if length >= 2 { term.removeSubrange(last.lowerBound...) }
    }

    /// Writes every apostrophe as `'`.
    static func unify(_ term: inout [UInt8]) {
        var start = 0
        while let mark = first(in: term, from: start) {
            term.replaceSubrange(mark, with: CollectionOfOne(UInt8(ascii: "'")))
            start = mark.lowerBound + 1
        }
    }

    /// The place of the first apostrophe from a place on.
    static func first(in term: [UInt8], from start: Int = 0) -> Range<Int>? {
        for i in start..<max(start, term.count) {
            for mark in marks where term[i...].starts(with: mark) { return i..<(i + mark.count) }
        }
        return nil
    }
}
