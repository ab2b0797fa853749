extension Qrels {
    /// The judgements as a BEIR qrels file with its header line; queries in their order, documents in byte order.
    public func beirLines() -> String {
        lines(header: "query-id\tcorpus-id\tscore\n") { "\($0)\t\($1)\t\($2)\n" }
    }

    /// The judgements as TREC qrels, `query 0 document grade`; queries in their order, documents in byte order.
    public func trecLines() -> String {
        lines(header: "") { "\($0) 0 \($1) \($2)\n" }
    }

    private func lines(header: String, line: (QueryID, DocumentID, Int) -> String) -> String {
        var text = header
        for query in queryIDs {
            let judged = self[query].sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (document, grade) in judged { text += line(query, document, grade) }
        }
        return text
    }
}
