/// Goes through a run, which must not be empty, character by character, gives the pairs, and merges in words that come in order.
struct RunCursor {
    private let ends: UnsafeBufferPointer<Int>
    private let status: Int32
    /// The character where the cursor stands: its number in the run, its start and its end.
    private var index = 0
    private var start: Int
    private var middle: Int
    /// Where the next character ends; equal to `middle` where there is none.
    private var end: Int
    /// Whether the pair that begins here (or the only character) is still to come.
    private var isPairDue = true
    /// The number of the character that the last token began with, less than 0 where that was before the run.
    private var last: Int

    @inline(__always)
    init(_ run: ScriptRuns.Run, behind: Int) {
        ends = run.characterEnds
        status = run.script == 1 ? 400 : 200
        last = -1 - behind
        start = run.start
        middle = ends[0]
        end = ends.count > 1 ? ends[1] : middle
    }

    /// At the end: how many characters come after the one that the last token began with.
    var behind: Int { index - 1 - last }

    /// The pairs that come before a word, and the word.
    @inline(__always)
    mutating func visitWord(
        _ wordStart: Int, _ wordEnd: Int, _ wordStatus: Int32, into spans: inout SpanBuffer
    ) {
        while middle <= wordStart { step(into: &spans) }
        if start < wordStart || end > wordEnd { visitPair(into: &spans) }
        emit(wordStart, wordEnd, wordStatus, into: &spans)
    }

    /// The pairs that are left.
    @inline(__always)
    mutating func visitRest(into spans: inout SpanBuffer) {
        while index < ends.count { step(into: &spans) }
    }

    @inline(__always)
    private mutating func step(into spans: inout SpanBuffer) {
        visitPair(into: &spans)
        index &+= 1
        start = middle
        middle = end
        if index &+ 1 < ends.count { end = ends[index &+ 1] }
        isPairDue = end > middle
    }

    @inline(__always)
    private mutating func visitPair(into spans: inout SpanBuffer) {
        if isPairDue { emit(start, end, status, into: &spans) }
        isPairDue = false
    }

    @inline(__always)
    private mutating func emit(_ start: Int, _ end: Int, _ status: Int32, into spans: inout SpanBuffer) {
        spans.append(start, end, status, index - last)
        last = index
    }
}
