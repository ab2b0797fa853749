extension PassageGroup {
    /// A line for the query, with passages as `{"docid", "title", "text"}`; Tevatron passes over the `score` beside.
    func tevatronRow(_ withScores: Bool) -> String {
        func objects(_ passages: [Passage]) -> [JSONObjectText] {
            passages.map { passage in
                var object = JSONObjectText()
                object.add("docid", passage.document.id)
                object.add("title", passage.document.title)
                object.add("text", passage.document.text)
                if withScores, let score = passage.score { object.add("score", score) }
                return object
            }
        }
        var row = JSONObjectText()
        row.add("query_id", query.id)
        row.add("query", query.text)
        row.add("positive_passages", objects(positives))
        row.add("negative_passages", objects(negatives))
        return row.line
    }
}
