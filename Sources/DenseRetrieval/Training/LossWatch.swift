/// Tells a loss that runs away from one that is merely high.
///
/// The bar is twice the larger of two losses: that of the start on the first batch, and that of a model that gives every document of it the
/// same score (ln of the documents for InfoNCE). Training has run away when it is above the bar for 50 steps in a row: for that long it is
/// worse than no model at all. A loss of unit vectors cannot grow without end (InfoNCE's is at most 2/τ + ln of the documents), so a bar of
/// ten times the start would never be reached; and a high rate alone rarely gets there, as rows grow with it and steps turn them less.
struct LossWatch: Sendable, Hashable, Codable {
    /// The bar; nil before the first step.
    private(set) var bar: Double?
    /// The steps in a row that were above the bar.
    private(set) var above = 0

    static let factor = 2.0
    static let patience = 50

    /// Whether the loss has run away.
    var isRunaway: Bool { above >= Self.patience }

    /// Whether the next step is the first one, whose loss of equal scores decides the bar.
    var needsBar: Bool { bar == nil }

    /// Takes up the loss of a step; `equalScores` counts at the first one.
    mutating func take(_ loss: Float, equalScores: Double) {
        let limit = bar ?? Self.factor * max(Double(loss), equalScores)
        bar = limit
        above = Double(loss) > limit ? above + 1 : 0
    }
}

extension TrainingObjective {
    /// The mean loss of a batch's first 256 queries where all cosines are 0.
    func lossOfEqualScores(_ batch: ContrastiveBatch) -> Double {
        let loss = loss(temperature: temperature)
        let rows = min(256, batch.queries.count)
        var sum = 0.0
        var cosines = [Float](repeating: 0, count: batch.documents.count)
        for row in 0..<rows {
            for column in cosines.indices { cosines[column] = 0 }
            var span = cosines.mutableSpan
            sum += Double(loss.apply(row, &span, judgements: batch.judgements, weight: 1))
        }
        return rows > 0 ? sum / Double(rows) : 0
    }
}
