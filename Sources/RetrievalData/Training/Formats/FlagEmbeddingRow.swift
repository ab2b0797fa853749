extension PassageGroup {
    /// A line for the query; with `pos_scores` and `neg_scores`, which FlagEmbedding takes for a teacher's, where all scores are known.
    func flagEmbeddingRow(_ withScores: Bool) -> String {
        var row = JSONObjectText()
        row.add("query", query.text)
        row.add("pos", Self.contents(positives))
        row.add("neg", Self.contents(negatives))
        if withScores, let relevant = Self.scores(positives), let others = Self.scores(negatives) {
            row.add("pos_scores", relevant)
            row.add("neg_scores", others)
        }
        return row.line
    }
}
