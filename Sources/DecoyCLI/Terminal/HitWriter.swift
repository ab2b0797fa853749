import ArgumentParser
import Decoy

/// How search results are written.
enum HitFormat: String, CaseIterable, ExpressibleByArgument {
    case table, trec, jsonl, msmarco
}

/// Turns rankings into text.
struct HitWriter {
    var format: HitFormat
    var tag: String
    var documents: (any DocumentStore)?
    /// Explains each hit, where explanations are wanted.
    var explaining: (any ExplainingRetriever)?
    /// Finds the query's words in the hits' text, where they are to be shown.
    var highlighting: Searcher?
    /// The rank that a table gives the first hit.
    var firstRank = 1
    /// How a table shows ids.
    var bold: (String) -> String = { $0 }
    /// How a table marks words.
    var mark: (String) -> String = { $0 }

    /// The text of a ranking as UTF-8.
    func bytes(of ranking: Ranking, query: String) throws -> [UInt8] {
        guard format == .trec else { return Array(try text(of: ranking, query: query).utf8) }
        var lines: [UInt8] = []
        ranking.appendTRECLines(tag: tag, to: &lines)
        return lines
    }

    func text(of ranking: Ranking, query: String) throws -> String {
        switch format {
        case .trec: return ranking.trecLines(tag: tag)
        case .msmarco: return ranking.msMarcoLines()
        case .jsonl:
            let explanations = try explanations(ranking, query)
            return try JSONOutput.line(HitLine(ranking, explanations, try highlights(ranking, query))) + "\n"
        case .table:
            let highlighter = try highlighting?.highlighter(for: query)
            return try table(ranking, try explanations(ranking, query), highlighter)
        }
    }

    /// The best stretch of each document's title and text.
    private func highlights(_ ranking: Ranking, _ query: String) throws -> [Snippet]? {
        guard let highlighting else { return nil }
        let highlighter = try highlighting.highlighter(for: query)
        return try ranking.documents.map {
            highlighter.snippet(of: try highlighting.document($0.id)?.contents ?? "")
        }
    }

    private func explanations(_ ranking: Ranking, _ query: String) throws -> [ScoreExplanation]? {
        try explaining?.explanations(of: ranking.documents.map(\.id), for: query)
    }

    /// A document as a whole, with the words of a query marked.
    func text(of document: Document, query: String?) throws -> String {
        let highlighter = try query.flatMap { try highlighting?.highlighter(for: $0) }
        func line(_ text: some StringProtocol) -> String {
            let text = String(text)
            return marked(text, highlighter?.ranges(in: text) ?? []) + "\n"
        }
        var text = bold(Console.printable(document.id)) + "  " + line(document.title)
        if let metadata = document.metadata { text += Console.printable(metadata) + "\n" }
        for part in document.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += line(part)
        }
        return text
    }

    /// A hit's first line; without a score where the document has none.
    func line(rank: Int, score: Double?, id: DocumentID, title: String = "") -> String {
        "\(pad(String(rank), 4))  \(pad(score.map(fixed) ?? "-", 9))  \(bold(Console.printable(id)))  \(title)\n"
    }

    private func table(
        _ ranking: Ranking, _ explanations: [ScoreExplanation]?, _ highlighter: Highlighter?
    ) throws -> String {
        if ranking.documents.isEmpty { return "no document matches\n" }
        var text = ""
        for (rank, hit) in ranking.documents.enumerated() {
            let document = try documents?.document(hit.id)
            var title = document.flatMap { $0.title.isEmpty ? nil : $0.title } ?? ""
            title = marked(title, highlighter?.ranges(in: title) ?? [])
            text += line(rank: firstRank + rank, score: hit.score, id: hit.id, title: title)
            if let explanations, explanations.indices.contains(rank) { text += table(explanations[rank]) }
            if let body = document?.text {
                text +=
                    "                 \(highlighter.map { marked($0.snippet(of: body), of: body) } ?? excerpt(body))\n"
            }
        }
        return text
    }

    /// One line a term: contribution, term, and what it was computed from.
    private func table(_ explanation: ScoreExplanation) -> String {
        let similarity = explanation.similarity
        var text =
            "                 = \(similarity.variant.rawValue), k1 \(similarity.k1), b \(similarity.b), "
            + "length \(explanation.weightedLength.map(fixed) ?? "\(explanation.documentLength)") of "
            + "\(fixed(explanation.averageLength)) on average\n"
        for part in explanation.parts {
            let weight = part.queryFrequency
            let times = weight == 1 ? "" : " x \(weight == weight.rounded() ? "\(Int(weight))" : fixed(weight))"
            text +=
                "      \(pad(fixed(part.contribution), 9))  \(Console.printable(part.term))\(times): tf \(frequency(part)), "
                + "idf \(fixed(part.inverseDocumentFrequency)) (in \(part.documentFrequency) of "
                + "\(explanation.documentCount)), norm \(fixed(part.lengthNorm))\n"
        }
        if let proximity = explanation.proximity {
            text += "      \(pad(fixed(proximity), 9))  proximity\n"
        }
        return text
    }

    /// The frequency in the document, and where there are fields how it comes about.
    private func frequency(_ part: ScoreExplanation.Part) -> String {
        guard let fields = part.fields, let sum = part.weightedFrequency else { return "\(part.frequency)" }
        let parts = fields.filter { $0.frequency > 0 }.map { "\($0.name) \($0.frequency) x \($0.weight)" }
        return parts.isEmpty ? "0" : "\(fixed(sum)) = " + parts.joined(separator: " + ")
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func fixed(_ score: Double) -> String {
        let scaled = (score * 10_000).rounded()
        guard abs(scaled) < 1e15 else { return "\(score)" }
        let whole = Int(scaled)
        let digits = String(abs(whole) % 10_000)
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 10_000)." + String(repeating: "0", count: 4 - digits.count)
            + digits
    }

    /// A snippet on one line, with dots where there is more of the text.
    private func marked(_ snippet: Snippet, of text: String) -> String {
        let line = marked(snippet.text, snippet.ranges).split(separator: " ").joined(separator: " ")
        return (snippet.start > 0 ? "…" : "") + line + (snippet.end < text.utf8.count ? "…" : "")
    }

    /// A text with marks around ranges of its bytes.
    private func marked(_ text: String, _ ranges: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        func part(_ range: Range<Int>) -> String {
            Console.printable(String(decoding: bytes[range], as: UTF8.self))
        }
        var (line, end) = ("", 0)
        for range in ranges {
            line += part(end..<range.lowerBound) + mark(part(range))
            end = range.upperBound
        }
        return line + part(end..<bytes.count)
    }

    private func excerpt(_ text: String) -> String {
        let flat = Console.printable(text.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " "))
        return flat.count > 100 ? flat.prefix(99) + "…" : flat
    }
}

/// One query's hits as a JSON line.
private struct HitLine: Encodable {
    struct Hit: Encodable {
        var id: DocumentID
        var score: Double
        var explanation: ScoreExplanation?
        var highlights: Snippet?
    }
    var query_id: QueryID
    var hits: [Hit]

    init(_ ranking: Ranking, _ explanations: [ScoreExplanation]?, _ highlights: [Snippet]?) {
        query_id = ranking.queryID
        hits = ranking.documents.enumerated().map { rank, hit in
            Hit(id: hit.id, score: hit.score, explanation: explanations?[rank], highlights: highlights?[rank])
        }
    }
}
