import RetrievalData

/// A run file read the plain way: a string for every cell, a set of ids for every query.
public enum NaiveRunFile {
    /// The run that a file holds, or all that is wrong with it.
    ///
    /// `source` is what messages call the file, `name` the run's name where there are no tags.
    public static func read(_ bytes: [UInt8], source: String, name: String) throws -> Run {
        var rows = Rows(source: source)
        var rankings: [Ranking] = []
        var seen: [QueryID: Set<DocumentID>] = [:]
        for (line, cells) in try rows.cells(bytes) {
            guard let row = try rows.check(cells, line) else { continue }
            if seen[row.query] == nil { rankings.append(Ranking(queryID: row.query, documents: [])) }
            if seen[row.query, default: []].insert(row.document.id).inserted,
                let place = rankings.firstIndex(where: { $0.queryID == row.query })
            {
                rankings[place].documents.append(row.document)
            } else {
                try rows.report(
                    line, "query \(JSONText.quoted(row.query)) has document \(JSONText.quoted(row.document.id)) twice",
                    "remove one of the two lines")
            }
        }
        if rankings.isEmpty, rows.errors.isEmpty {
            try rows.report(nil, "the run is empty", "expected lines: query Q0 document rank score tag")
        }
        try rows.errors.throwIfAny()
        let sorted = rankings.map { Ranking(queryID: $0.queryID, sorting: $0.documents) }
        return Run(name: rows.tag ?? name, rankings: sorted)
    }

    private struct Rows {
        let source: String
        var errors = InputErrors()
        var tag: String?
        var width = 0

        init(source: String) { self.source = source }

        static let columns =
            "expected six columns (query Q0 document rank score tag) or MS MARCO's three (query document rank)"

        mutating func report(_ line: Int?, _ problem: String, _ remedy: String) throws {
            if !errors.add(InputError(source: source, line: line, problem: problem, remedy: remedy)) { throw errors }
        }

        /// The lines that are not blank, cut into columns; those that are no text are reported when they are reached.
        func cells(_ bytes: [UInt8]) throws -> [(line: Int, cells: [ArraySlice<UInt8>])] {
            let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
            var lines = content.split(separator: 10, omittingEmptySubsequences: false)
            for place in lines.indices.dropLast() where lines[place].last == 13 { lines[place].removeLast() }
            return lines.enumerated().compactMap { place, line in
                if line.allSatisfy({ $0 == 32 || (9...13).contains($0) }) { return nil }
                return (place + 1, line.split { $0 == 32 || $0 == 9 })
            }
        }

        mutating func check(
            _ parts: [ArraySlice<UInt8>], _ line: Int
        ) throws -> (query: QueryID, document: ScoredDocument)? {
            if parts.contains(where: { $0.contains(0) }) {
                try report(
                    line, "the line holds a NUL byte",
                    "the file is damaged or not UTF-8; convert it (UTF-16: iconv -f UTF-16 -t UTF-8)")
                return nil
            }
            let cells = parts.compactMap { String(validating: $0, as: UTF8.self) }
            guard cells.count == parts.count else {
                try report(
                    line, "the bytes are not valid UTF-8",
                    "convert the file to UTF-8 (for example: iconv -f LATIN1 -t UTF-8)")
                return nil
            }
            if width == 0 {
                guard cells.count == 6 || cells.count == 3 else {
                    try report(line, "\(cells.count) columns", Self.columns)
                    throw errors
                }
                width = cells.count
            }
            guard cells.count == width else {
                try report(line, "\(cells.count) columns where the first line has \(width)", Self.columns)
                return nil
            }
            let document = cells[width == 6 ? 2 : 1]
            guard let score = try score(cells, line), try isUsable(cells[0], "query", line),
                try isUsable(document, "document", line)
            else { return nil }
            if width == 6, tag == nil { tag = cells[5] }
            return (cells[0], ScoredDocument(id: document, score: score))
        }

        private mutating func score(_ cells: [String], _ line: Int) throws -> Double? {
            if width == 3 {
                if let rank = Int(cells[2]), rank >= 1 { return 1 / Double(rank) }
                try report(
                    line, "the rank \(JSONText.quoted(cells[2])) is not a positive whole number",
                    "three columns are query, document and rank from 1; scores need six: query Q0 document rank score tag"
                )
                return nil
            }
            guard let score = Double(cells[4]), score.isFinite else {
                try report(
                    line, "the score \(JSONText.quoted(cells[4])) is not a finite number",
                    "the fifth column must be a finite number: query Q0 document rank score tag")
                return nil
            }
            if Int(cells[3]) != nil { return score }
            try report(
                line, "the rank \(JSONText.quoted(cells[3])) is not a whole number",
                "the fourth column must be a whole number: query Q0 document rank score tag")
            return nil
        }

        private mutating func isUsable(_ id: String, _ noun: String, _ line: Int) throws -> Bool {
            let isPlain = id.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            }
            if isPlain { return true }
            try report(
                line, "the \(noun) id \(JSONText.quoted(id)) holds white space or a control character",
                "replace it, for example by \"_\": run files separate their columns by white space")
            return false
        }
    }
}
