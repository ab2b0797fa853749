extension PassageGroup {
    /// A line of ids for the query; `scores` are those of the positives and then the negatives.
    func idRow(_ withScores: Bool) -> String {
        TrainingRow.ids(
            query: query.id, positives: positives.map(\.document.id), negatives: negatives.map(\.document.id),
            scores: withScores ? scores : nil
        ).jsonLine()
    }
}
