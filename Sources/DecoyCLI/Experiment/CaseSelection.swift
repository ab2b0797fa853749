import Decoy

/// Picks the queries that show best what changed from before to after, with the documents that stood at the top.
struct CaseSelection {
    let data: ExperimentData
    let searcher: Searcher
    /// How many gains and how many losses are shown.
    var count = 20
    /// How many documents are shown of each ranking.
    var depth = 3

    /// The queries that won most in the first measure, then those that lost most.
    func cases(
        before: (run: Run, values: [Double]), after: (run: Run, values: [Double]), queryIDs: [QueryID]
    ) throws -> [QueryCase] {
        var changes: [(change: Double, place: Int)] = []
        for place in queryIDs.indices {
            let change = after.values[place] - before.values[place]
            if change != 0 { changes.append((change, place)) }
        }
        changes.sort { $0.change != $1.change ? $0.change > $1.change : queryIDs[$0.place] < queryIDs[$1.place] }
        let gains = changes.prefix(count).filter { $0.change > 0 }
        let losses = changes.reversed().prefix(count).filter { $0.change < 0 }
        let texts = Dictionary(data.test.queries.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        let old = rankings(before.run)
        let new = rankings(after.run)
        return try (gains + losses).compactMap { change, place in
            let query = queryIDs[place]
            guard let text = texts[query] else { return nil }
            return try makeCase(
                query, text, old[query] ?? [], new[query] ?? [], (before.values[place], after.values[place]))
        }
    }

    private func makeCase(
        _ query: QueryID, _ text: String, _ old: [ScoredDocument], _ new: [ScoredDocument],
        _ values: (before: Double, after: Double)
    ) throws -> QueryCase? {
        let relevant = Set(data.test.qrels.relevant(to: query))
        let best = new.first { relevant.contains($0.id) } ?? old.first { relevant.contains($0.id) }
        guard let best = best?.id ?? relevant.min() else { return nil }
        let highlighter = try searcher.highlighter(for: text)
        func show(_ id: DocumentID) throws -> CaseDocument {
            let document = try searcher.document(id) ?? Document(id: id, text: "")
            return CaseDocument(
                id: id, title: Self.title(document), snippet: Self.parts(highlighter.snippet(of: document.text)),
                grade: data.test.qrels[query][id])
        }
        func rank(_ documents: [ScoredDocument]) -> Int? {
            documents.firstIndex { relevant.contains($0.id) }.map { $0 + 1 }
        }
        let worse = values.after > values.before ? old : new
        let wrong = worse.first.flatMap { relevant.contains($0.id) ? nil : $0.id }
        return QueryCase(
            queryID: query, query: text, valueBefore: values.before, valueAfter: values.after,
            before: try old.prefix(depth).map { try show($0.id) }, after: try new.prefix(depth).map { try show($0.id) },
            relevant: try show(best), rankBefore: rank(old), rankAfter: rank(new), wrong: try wrong.map(show))
    }

    private func rankings(_ run: Run) -> [QueryID: [ScoredDocument]] {
        Dictionary(run.rankings.map { ($0.queryID, $0.documents) }, uniquingKeysWith: { first, _ in first })
    }

    /// The title, or the first words of the text.
    static func title(_ document: Document) -> String {
        if !document.title.isEmpty { return document.title }
        return document.text.count > 60 ? document.text.prefix(59) + "…" : document.text
    }

    /// The snippet cut where words of the query begin and end.
    static func parts(_ snippet: Snippet) -> [SnippetPart] {
        let bytes = Array(snippet.text.utf8)
        var parts: [SnippetPart] = []
        var place = 0
        func add(to end: Int, _ isQueryWord: Bool) {
            if end > place, end <= bytes.count {
                parts.append(
                    SnippetPart(text: String(decoding: bytes[place..<end], as: UTF8.self), isQueryWord: isQueryWord))
                place = end
            }
        }
        for range in snippet.ranges {
            add(to: range.lowerBound, false)
            add(to: range.upperBound, true)
        }
        add(to: bytes.count, false)
        return parts
    }
}
