/// Cuts a token at its first apostrophe, which in Turkish separates a name from its suffixes: `türkiye'nin` gives `türkiye`.
///
/// Apostrophes are `'`, U+2019, U+02BC and U+FF07. A token that begins with one stays as it is.
/// Source: Lucene's ApostropheFilter, which knows the first two and leaves nothing of a token that begins with one.
enum Apostrophe {
    private static let marks: [[UInt8]] = ["'", "\u{2019}", "\u{2BC}", "\u{FF07}"].map { Array($0.utf8) }

    static func apply(to term: inout [UInt8]) {
        guard let mark = first(in: term), mark.lowerBound > 0 else { return }
        term.removeSubrange(mark.lowerBound...)
    }

    /// The place of the first apostrophe.
    static func first(in term: [UInt8]) -> Range<Int>? {
        for i in term.indices {
            for mark in marks where term[i...].starts(with: mark) { return i..<(i + mark.count) }
        }
        return nil
    }
}
