extension PassageGroup {
    /// A line for each passage; `score` is the passage's.
    func labeledPairRows(_ withScores: Bool) -> String {
        var rows = ""
        for (passages, label) in [(positives, "1"), (negatives, "0")] {
            for passage in passages {
                var row = JSONObjectText()
                row.add("anchor", query.text)
                row.add("passage", passage.document.contents)
                row.add("label", json: label)
                if withScores, let score = passage.score { row.add("score", score) }
                rows += row.line
            }
        }
        return rows
    }

    /// A line for the query; `scores` are those of the passages in their order.
    func labeledListRow(_ withScores: Bool) -> String {
        TrainingRow.list(
            anchor: query.text, positives: Self.contents(positives), negatives: Self.contents(negatives),
            scores: withScores ? scores : nil
        ).jsonLine()
    }
}
