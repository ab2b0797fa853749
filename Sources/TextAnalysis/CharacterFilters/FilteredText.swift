/// A text after a character filter, and where its bytes come from.
struct FilteredText {
    /// A stretch that was replaced: bytes before and after.
    private struct Edit {
        var original: Range<Int>
        var filtered: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    private var edits: [Edit] = []
    /// The bytes of the original that were read.
    private var read = 0

    /// Copies `count` bytes as they are.
    mutating func copy(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
        read = range.upperBound
    }

    /// Puts other bytes in the place of `count` bytes of the original.
    mutating func replace(_ count: Int, by replacement: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: replacement)
        edits.append(Edit(original: read..<(read + count), filtered: start..<bytes.count))
        read += count
    }

    /// Whether the text is the original.
    var isUnchanged: Bool { edits.isEmpty }

    /// The range of the original that a range of the filtered bytes was made of; of a replaced stretch the whole.
    func original(of range: Range<Int>) -> Range<Int> {
        let start = original(of: range.lowerBound, isEnd: false)
        return start..<max(start, original(of: range.upperBound, isEnd: true))
    }

    private func original(of offset: Int, isEnd: Bool) -> Int {
        // The last edit that begins before the offset (or at it, for a start) decides.
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            let start = edits[middle].filtered.lowerBound
            if start < offset || (start == offset && !isEnd) { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return offset }
        let edit = edits[low - 1]
        let isInside = isEnd ? offset <= edit.filtered.upperBound : offset < edit.filtered.upperBound
        if isInside { return isEnd ? edit.original.upperBound : edit.original.lowerBound }
        return edit.original.upperBound + (offset - edit.filtered.upperBound)
    }
}
