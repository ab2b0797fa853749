import Essentials

/// One line of progress on the terminal: a label, a count, a rate and the time left; nothing where standard error is no terminal.
final class ProgressLine {
    private let label: String
    private let unit: String
    private let total: Int?
    private let first: Int
    private let visible: Bool
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// Starts a line; draws nothing when quiet.
    ///
    /// What was done before the start (`first`) counts for no rate.
    init(_ label: String, unit: String, total: Int? = nil, from first: Int = 0, quiet: Bool) {
        self.first = first
        self.label = label
        self.unit = unit
        self.total = total
        visible = !quiet && Console.errorIsTerminal
    }

    /// Shows that `count` of the work is done; cheap to call often.
    func update(_ count: Int, detail: String = "") {
        guard visible else { return }
        let now = ContinuousClock.now
        if let last = lastDrawn, now - last < .milliseconds(100) { return }
        lastDrawn = now
        let seconds = (now - start).seconds
        let rate = seconds > 0 ? Double(max(0, count - first)) / seconds : 0
        var line = "\(label) \(count)"
        if let total, total > 0 {
            line += "/\(total) \(unit) (\(100 * count / total) %)"
            if rate > 0, count > 0 { line += ", \(Self.duration(Double(max(0, total - count)) / rate)) left" }
        } else {
            line += " \(unit)"
        }
        if rate > 0 { line += ", \(Int(rate)) a second" }
        if !detail.isEmpty { line += ", \(detail)" }
        Console.redraw(line)
    }

    /// Removes the line.
    func finish() {
        if visible, lastDrawn != nil { Console.redraw("") }
    }

    /// Seconds since the line was started.
    var elapsed: Double { (ContinuousClock.now - start).seconds }

    /// A length of time for people: `45 s`, `3 min 20 s`, `1 h 4 min`.
    static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
