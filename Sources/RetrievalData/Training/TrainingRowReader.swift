/// Reads files of training examples, plain, `.gz` or `.zst`; `-` is standard input.
public enum TrainingRowReader {
    /// Reads the rows one after another, each with its line.
    ///
    /// Everything wrong is collected and thrown as `InputErrors`; from the first error on `each` is not called any
    /// more.
    public static func read(_ path: String, each: (_ row: TrainingRow, _ line: Int) throws -> Void) throws {
        let reader = try LineReader(path: path)
        var check = InputCheck(source: reader.name)
        try read(reader, check: &check) { row, line, check in
            if check.isClean { try each(row, line) }
        }
    }

    /// Reads training examples as ids, one `Triplet` for each positive, in the order of the file.
    ///
    /// Rows of ids are taken as they are. Rows of texts need `queryID` and `documentID`, which give the id of exactly
    /// such a text; a text without an id is an input error. A row's scores are kept where there is one for each of its documents; with
    /// `requiringScores` any other row is an input error.
    public static func triplets(
        _ path: String, requiringScores: Bool = false, queryID: (String) -> QueryID? = { _ in nil },
        documentID: (String) -> DocumentID? = { _ in nil }
    ) throws -> [Triplet] {
        let reader = try LineReader(path: path)
        var check = InputCheck(source: reader.name)
        var triplets: [Triplet] = []
        try read(reader, check: &check) { row, line, check in
            let scores = row.documentScores
            if requiringScores, scores == nil { return try reportScores(row, line: line, check: &check) }
            switch row {
            case .ids(let query, let positives, let negatives, _):
                for (place, positive) in positives.enumerated() {
                    triplets.append(
                        Triplet(
                            query: query, positive: positive, negatives: negatives,
                            scores: scores.map { [$0[place]] + $0[positives.count...] }))
                }
            case .texts(let anchor, let positive, let negatives, _):
                guard
                    let ids = try ids(
                        anchor, [positive] + negatives, line: line, check: &check, queryID: queryID,
                        documentID: documentID)
                else { return }
                triplets.append(
                    Triplet(
                        query: ids.query, positive: ids.documents[0], negatives: Array(ids.documents.dropFirst()),
                        scores: scores))
            case .list(let anchor, let positives, let negatives, _):
                guard
                    let ids = try ids(
                        anchor, positives + negatives, line: line, check: &check, queryID: queryID,
                        documentID: documentID)
                else { return }
                let others = Array(ids.documents.dropFirst(positives.count))
                for (place, positive) in ids.documents.prefix(positives.count).enumerated() {
                    triplets.append(
                        Triplet(
                            query: ids.query, positive: positive, negatives: others,
                            scores: scores.map { [$0[place]] + $0[positives.count...] }))
                }
            }
        }
        return triplets
    }

    /// The ids of a row's texts; nil where, reported, a text has none.
    private static func ids(
        _ anchor: String, _ texts: [String], line: Int, check: inout InputCheck, queryID: (String) -> QueryID?,
        documentID: (String) -> DocumentID?
    ) throws -> (query: QueryID, documents: [DocumentID])? {
        guard let query = queryID(anchor) else {
            try report(anchor, "query", line: line, check: &check)
            return nil
        }
        var ids: [DocumentID] = []
        for text in texts {
            guard let id = documentID(text) else {
                try report(text, "document", line: line, check: &check)
                return nil
            }
            ids.append(id)
        }
        return (query, ids)
    }

    private static func read(
        _ reader: LineReader, check: inout InputCheck, each: (TrainingRow, Int, inout InputCheck) throws -> Void
    ) throws {
        let parser = JSONLineParser()
        let expected = TrainingRowDecoder.expected
        var count = 0
        while let line = try check.joining(reader.next) {
            guard let object = try JSONRecords.object(line, expected: expected, parser: parser, check: &check) else {
                continue
            }
            do {
                let row = try TrainingRowDecoder.row(object)
                guard try isUsable(row, line: line.number, check: &check) else { continue }
                count += 1
                try each(row, line.number, &check)
            } catch let fault as TrainingRowDecoder.Fault {
                try check.report(line: line.number, fault.problem, remedy: expected)
            }
        }
        if count == 0, check.isClean { try check.report(line: nil, "there are no training examples", remedy: expected) }
        try check.finish()
    }

    private static func isUsable(_ row: TrainingRow, line: Int, check: inout InputCheck) throws -> Bool {
        if case .list(_, let positives, _, _) = row, positives.isEmpty {
            try check.report(line: line, "no positive document", remedy: "give at least one relevant passage")
            return false
        }
        guard case .ids(let query, let positives, let negatives, _) = row else { return true }
        guard try Identifiers.isUsable(query, noun: "query", line: line, check: &check) else { return false }
        for id in positives + negatives {
            guard try Identifiers.isUsable(id, noun: "document", line: line, check: &check) else { return false }
        }
        let both = Set(positives).intersection(negatives).min { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if let both {
            let problem = "document \(JSONText.quoted(both)) is both positive and negative"
            try check.report(line: line, problem, remedy: "remove it from one of the two lists")
            return false
        }
        if positives.isEmpty {
            try check.report(line: line, "no positive document", remedy: "give at least one id in \"positive_ids\"")
            return false
        }
        return true
    }

    private static func reportScores(_ row: TrainingRow, line: Int, check: inout InputCheck) throws {
        let found =
            row.scores.map { scores in
                scores.count == row.documentCount
                    ? "a score too large" : "\(scores.count) scores for \(row.documentCount) documents"
            } ?? "no scores"
        try check.report(
            line: line, "\(found), and the loss learns from a score for each document",
            remedy: "mine with --output-scores, or add \"scores\": those of the positives, then those of the negatives")
    }

    private static func report(_ text: String, _ noun: String, line: Int, check: inout InputCheck) throws {
        let start =
            text.unicodeScalars.count > 60
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
        try check.report(
            line: line, "no \(noun) of the dataset has the text \(JSONText.quoted(start))",
            remedy: "mine again on this dataset, or use the format with ids")
    }
}
