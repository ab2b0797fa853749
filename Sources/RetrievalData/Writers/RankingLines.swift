extension Ranking {
    /// The ranking as lines of a TREC run, `query Q0 document rank score tag`; ranks count from 1, scores as
    /// `ScoreText` writes them.
    ///
    /// White space in the tag becomes `_`. Reading the lines gives the same order.
    public func trecLines(tag: String) -> String {
        let tag = RunTag.plain(tag)
        var lines = ""
        lines.reserveCapacity(documents.count * 48)
        for (place, score) in ScoreText.shortest(of: documents).enumerated() {
            lines += queryID
            lines += " Q0 "
            lines += documents[place].id
            lines += " "
            lines += String(place + 1)
            lines += " "
            lines += score
            lines += " "
            lines += tag
            lines += "\n"
        }
        return lines
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
