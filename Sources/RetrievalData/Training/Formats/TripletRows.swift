extension PassageGroup {
    /// A line for each positive and negative; `scores` are the positive's and the negative's.
    func tripletRows(_ withScores: Bool) -> String {
        var rows = ""
        let texts = Self.contents(negatives)
        for positive in positives {
            for (negative, text) in zip(negatives, texts) {
                let row = TrainingRow.texts(
                    anchor: query.text, positive: positive.document.contents, negatives: [text],
                    scores: withScores ? Self.scores([positive, negative]) : nil)
                rows += row.jsonLine()
            }
        }
        return rows
    }

    /// A line for each positive; `scores` are the positive's and then the negatives'.
    func nTupleRows(_ withScores: Bool) -> String {
        var rows = ""
        let texts = Self.contents(negatives)
        for positive in positives {
            let row = TrainingRow.texts(
                anchor: query.text, positive: positive.document.contents, negatives: texts,
                scores: withScores ? Self.scores([positive] + negatives) : nil)
            rows += row.jsonLine(numbered: true)
        }
        return rows
    }
}
