extension Ranking {
    /// The ranking as lines of a TREC run, `query Q0 document rank score tag`; ranks count from 1, scores as
    /// `ScoreText` writes them.
    ///
    /// White space in the tag becomes `_`. Reading the lines gives the same order.
    public func trecLines(tag: String) -> String {
        var lines: [UInt8] = []
        appendTRECLines(tag: tag, to: &lines)
        return String(decoding: lines, as: UTF8.self)
    }

    /// Appends what `trecLines(tag:)` gives, as UTF-8.
    public func appendTRECLines(tag: String, to lines: inout [UInt8]) {
        let start = Array((queryID + " Q0 ").utf8)
        let end = Array((" " + RunTag.plain(tag) + "\n").utf8)
        lines.reserveCapacity(lines.count + documents.count * (start.count + end.count + 32))
        for (place, score) in ScoreText.shortest(of: documents).enumerated() {
            lines.append(contentsOf: start)
            lines.append(contentsOf: documents[place].id.utf8)
            lines.append(UInt8(ascii: " "))
            DecimalText.append(place + 1, to: &lines)
            lines.append(UInt8(ascii: " "))
            lines.append(contentsOf: score.utf8)
            lines.append(contentsOf: end)
        }
    }

    /// The ranking as lines of an MS MARCO run, `query<TAB>document<TAB>rank`; ranks count from 1.
    public func msMarcoLines() -> String {
        var lines = ""
        for (place, document) in documents.enumerated() { lines += "\(queryID)\t\(document.id)\t\(place + 1)\n" }
        return lines
    }
}

/// The last column of a TREC run.
public enum RunTag {
    /// A name as a tag: white space and control characters become `_`; the empty name becomes `decoy`.
    public static func plain(_ name: String) -> String {
        if name.isEmpty { return "decoy" }
        if Identifiers.isPlain(name) { return name }
        var tag = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let bad = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            tag.append(bad ? "_" : scalar)
        }
        return String(tag)
    }
}
