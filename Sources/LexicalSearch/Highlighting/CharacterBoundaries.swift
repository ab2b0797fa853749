/// A text by byte offsets: where its characters (grapheme clusters) begin and end.
struct CharacterBoundaries {
    let text: String
    /// The number of bytes.
    let count: Int

    init(_ text: String) {
        var text = text
        // Offsets are looked up in constant time in contiguous UTF-8 alone.
        text.makeContiguousUTF8()
        self.text = text
        count = text.utf8.count
    }

    /// Where the character that an offset lies in begins; the offset itself where one begins there.
    func floor(_ offset: Int) -> Int {
        guard offset > 0, offset < count else { return min(max(offset, 0), count) }
        return self.offset(text.index(before: text.index(after: index(offset))))
    }

    /// Where the character that an offset lies in ends; the offset itself where one begins there.
    func ceiling(_ offset: Int) -> Int {
        let start = floor(offset)
        return start < offset ? self.offset(text.index(after: index(start))) : start
    }

    /// The characters that a range touches.
    func widened(_ range: Range<Int>) -> Range<Int> { floor(range.lowerBound)..<ceiling(range.upperBound) }

    /// The text of a range.
    func slice(_ range: Range<Int>) -> String { String(text[index(range.lowerBound)..<index(range.upperBound)]) }

    /// Goes on by so many Unicode scalars, or to the end.
    func advance(_ offset: Int, by scalars: Int) -> Int {
        let end = text.unicodeScalars.index(index(offset), offsetBy: scalars, limitedBy: text.endIndex)
        return self.offset(end ?? text.endIndex)
    }

    /// Goes back by so many Unicode scalars, or to the start; says how many it was.
    func retreat(_ offset: Int, by scalars: Int) -> (offset: Int, passed: Int) {
        var place = index(offset)
        var passed = 0
        while passed < scalars, place > text.startIndex {
            place = text.unicodeScalars.index(before: place)
            passed += 1
        }
        return (self.offset(place), passed)
    }

    /// The number of Unicode scalars in a range.
    func scalarCount(_ range: Range<Int>) -> Int {
        text.unicodeScalars[index(range.lowerBound)..<index(range.upperBound)].count
    }

    /// The stretches of white space in a range.
    func whiteSpace(in range: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = index(range.lowerBound)
        while place < index(range.upperBound) {
            let next = text.unicodeScalars.index(after: place)
            if text.unicodeScalars[place].properties.isWhitespace {
                let start = found.last?.upperBound == offset(place) ? found.removeLast().lowerBound : offset(place)
                found.append(start..<offset(next))
            }
            place = next
        }
        return found
    }

    private func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }
    private func offset(_ index: String.Index) -> Int { text.utf8.distance(from: text.startIndex, to: index) }
}
