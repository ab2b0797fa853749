/// Pairs of characters of scripts without spaces and of Hangul, with or without the words that ICU finds there, and all other words.
///
/// Pairs are those of runs (``ScriptRuns``); words are those of the text, and of a word that lies in a run and beyond (`한국abc`) each part is
/// taken alone. With words and pairs a text is read twice, once as words and once as pairs; a word of another script is the same in both
/// and comes twice, or names and numbers would count half as much as the text around them.
enum Bigrams {
    /// Pairs, without words of runs, and what stands between runs alone; see ``Segmentation/forEachSpan(in:classes:icu:_:)``.
    @inline(__always)
    static func forEachPair(
        in bytes: UnsafeBufferPointer<UInt8>, classes: UnsafePointer<UInt8>, icu: ICUWords,
        _ body: (_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) -> Void
    ) {
        var runs = ScriptRuns(bytes: bytes, classes: icu.characters)
        var spans = SpanBuffer()
        // How many characters of the last run come after the one that its last token begins with.
        var behind = 0
        var first = 0
        while first < bytes.count {
            let run = runs.next(from: first)
            if run.hasWordsBefore {
                let between = UnsafeBufferPointer(rebasing: bytes[first..<run.start])
                HybridWords.forEach(in: between, classes: classes, icu: icu) { start, end, status in
                    spans.append(first + start, first + end, status, behind + 1)
                    behind = 0
                }
            }
            if !run.isEmpty {
                var cursor = RunCursor(run, behind: behind)
                cursor.visitRest(into: &spans)
                behind = cursor.behind
            }
            if spans.isFull || run.end == bytes.count { spans.drain(body) }
            first = run.end
        }
    }

    /// Words and pairs.
    ///
    /// ICU goes through the text once, which costs much less than once for each run; a second iterator serves words that go beyond the ends of a run, as in
    /// `한국abc`.
    @inline(__always)
    static func forEachWordAndPair(
        in bytes: UnsafeBufferPointer<UInt8>, classes: UnsafePointer<UInt8>, icu: ICUWords,
        _ body: (_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) -> Void
    ) {
        var readings = TwoReadings(ScriptRuns(bytes: bytes, classes: icu.characters))
        var spans = SpanBuffer()
        HybridWords.forEach(in: bytes, classes: classes, icu: icu) { start, end, status in
            readings.visitWord(start, end, status, others: icu, into: &spans)
            if spans.isFull { spans.drain(body) }
        }
        readings.visitRest(into: &spans)
        spans.drain(body)
    }
}

/// Merges the words of a text, which come in order, with the pairs of its runs.
private struct TwoReadings: ~Copyable {
    private var runs: ScriptRuns
    /// The run at hand: the first that does not end before the last word.
    private var run: ScriptRuns.Run
    /// Where the run at hand has been left; nil before its first word.
    private var cursor: RunCursor?
    private var behind = 0

    init(_ runs: consuming ScriptRuns) {
        run = runs.next(from: 0)
        self.runs = runs
    }

    @inline(__always)
    mutating func visitWord(
        _ start: Int, _ end: Int, _ status: Int32, others: ICUWords, into spans: inout SpanBuffer
    ) {
        while start >= run.end, !run.isEmpty { finishRun(into: &spans) }
        if end <= run.start || run.isEmpty {
            visitOther(start, end, status, into: &spans)
        } else if start >= run.start, end <= run.end {
            visitWordOfRun(start, end, status, into: &spans)
        } else {
            visitPieces(start, end, others, into: &spans)
        }
    }

    /// The pairs that are left.
    @inline(never)
    mutating func visitRest(into spans: inout SpanBuffer) {
        while !run.isEmpty { finishRun(into: &spans) }
    }

    @inline(__always)
    private mutating func visitOther(
        _ start: Int, _ end: Int, _ status: Int32, into spans: inout SpanBuffer
    ) {
        spans.append(start, end, status, behind + 1)
        spans.append(start, end, status, 0)
        behind = 0
    }

    @inline(__always)
    private mutating func visitWordOfRun(
        _ start: Int, _ end: Int, _ status: Int32, into spans: inout SpanBuffer
    ) {
        if cursor == nil { cursor = RunCursor(run, behind: behind) }
        cursor?.visitWord(start, end, status, into: &spans)
    }

    @inline(__always)
    private mutating func finishRun(into spans: inout SpanBuffer) {
        var last = cursor ?? RunCursor(run, behind: behind)
        last.visitRest(into: &spans)
        behind = last.behind
        cursor = nil
        run = runs.next(from: run.end)
    }

    /// A word that lies in a run and beyond: its parts are words of their own.
    @inline(never)
    private mutating func visitPieces(
        _ start: Int, _ end: Int, _ icu: ICUWords, into spans: inout SpanBuffer
    ) {
        var first = start
        while first < end {
            while first >= run.end, !run.isEmpty { finishRun(into: &spans) }
            let isInRun = !run.isEmpty && first >= run.start
            let last = min(end, isInRun ? run.end : !run.isEmpty ? run.start : end)
            icu.others.forEach(in: runs.bytes, from: first, to: last) { start, end, status in
                if isInRun {
                    visitWordOfRun(start, end, status, into: &spans)
                } else {
                    visitOther(start, end, status, into: &spans)
                }
            }
            first = last
        }
    }
}
