extension PassageGroup {
    /// An object for the query, without a line end; mined negatives are DPR's hard negatives, and `negative_ctxs` is empty.
    ///
    /// `answers` are those that the query's metadata has under this name.
    func dprRow(_ withScores: Bool) -> String {
        func objects(_ passages: [Passage]) -> [JSONObjectText] {
            passages.map { passage in
                var object = JSONObjectText()
                object.add("title", passage.document.title)
                object.add("text", passage.document.text)
                if withScores, let score = passage.score { object.add("score", score) }
                object.add("passage_id", passage.document.id)
                return object
            }
        }
        let metadata = query.metadata.flatMap { try? JSONLine(parsing: $0) }
        var row = JSONObjectText()
        row.add("dataset", "decoy")
        row.add("question_id", query.id)
        row.add("question", query.text)
        row.add("answers", metadata?.strings("answers") ?? [])
        row.add("positive_ctxs", objects(positives))
        row.add("negative_ctxs", [String]())
        row.add("hard_negative_ctxs", objects(negatives))
        return row.closed
    }
}
