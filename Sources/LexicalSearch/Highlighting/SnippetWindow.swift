/// Chooses the stretch of a text that a snippet shows.
enum SnippetWindow {
    /// A term of the query, or a phrase, at its place in a text.
    struct Occurrence {
        var range: Range<Int>
        /// The number of the term or phrase.
        var kind: Int
    }

    /// How many Unicode scalars may be given up at each end to cut at white space.
    private static let slack = 24

    /// From the first to the last occurrence of the best window; nil where there are none.
    ///
    /// A window begins with an occurrence and has `length` Unicode scalars; where the first alone is longer, it is that one.
    static func best(
        _ occurrences: [Occurrence], weights: [Int], in text: CharacterBoundaries, length: Int
    ) -> Range<Int>? {
        var best: (weight: Int, count: Int, range: Range<Int>)?
        // The window in which each kind was seen last.
        var seen = [Int](repeating: -1, count: weights.count)
        var limit = 0
        for (first, occurrence) in occurrences.enumerated() {
            let start = occurrence.range.lowerBound
            if first > 0 {
                let last = occurrences[first - 1].range.lowerBound
                // Those at one start are the same window; others end as much later as they begin.
                if start == last { continue }
                limit = text.advance(limit, by: text.scalarCount(last..<start))
            } else {
                limit = text.advance(start, by: length)
            }
            var (weight, count, end) = (0, 0, start)
            for other in occurrences[first...] {
                if other.range.lowerBound >= limit { break }
                if other.range.upperBound > limit { continue }
                count += 1
                end = max(end, other.range.upperBound)
                if seen[other.kind] != first { weight += weights[other.kind] }
                seen[other.kind] = first
            }
            if count == 0 { (weight, count, end) = (weights[occurrence.kind], 1, occurrence.range.upperBound) }
            if best.map({ (weight, count) > ($0.weight, $0.count) }) ?? true { best = (weight, count, start..<end) }
        }
        return best?.range
    }

    /// The window with as much text around it as the length allows, cut at white space or between characters.
    static func extended(_ core: Range<Int>, in text: CharacterBoundaries, length: Int) -> Range<Int> {
        let core = text.widened(core)
        let rest = max(0, length - text.scalarCount(core))
        let before = text.retreat(core.lowerBound, by: rest / 2)
        let end = text.advance(core.upperBound, by: rest - before.passed)
        let unused = rest - before.passed - text.scalarCount(core.upperBound..<end)
        let start = text.retreat(before.offset, by: unused).offset
        return cutStart(start, core, text)..<cutEnd(end, core, text)
    }

    /// The first start of a word from an offset on, before the core begins.
    private static func cutStart(_ start: Int, _ core: Range<Int>, _ text: CharacterBoundaries) -> Int {
        if start == 0 { return 0 }
        let reach = min(text.advance(start, by: slack), core.lowerBound)
        // A word also begins where the character before is white space.
        let spaces = text.whiteSpace(in: text.retreat(start, by: 1).offset..<reach)
        let cut = spaces.lazy.map(\.upperBound).first { text.floor($0) == $0 }
        return cut ?? min(text.ceiling(start), core.lowerBound)
    }

    /// The last end of a word up to an offset, after the core ended.
    private static func cutEnd(_ end: Int, _ core: Range<Int>, _ text: CharacterBoundaries) -> Int {
        if end == text.count { return end }
        let reach = max(text.retreat(end, by: slack).offset, core.upperBound)
        let spaces = text.whiteSpace(in: reach..<text.advance(end, by: 1))
        let cut = spaces.lazy.reversed().map(\.lowerBound).first { text.floor($0) == $0 }
        return cut ?? max(text.floor(end), core.upperBound)
    }
}
