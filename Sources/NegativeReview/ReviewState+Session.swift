import RetrievalData

extension ReviewState {
    /// The state of a review as one reviewer sees it.
    init(
        items: [ReviewItem], reviewer: String, own: ReviewerAnswers, next: ReviewItem?,
        reviewers: [String: ReviewerAnswers]
    ) {
        let names = reviewers.filter { !$0.value.verdicts.isEmpty }.keys
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let verdicts = names.map { (name: $0, verdicts: reviewers[$0]?.verdicts ?? [:]) }
        var agreements: [Agreement] = []
        for (place, one) in verdicts.enumerated() {
            for other in verdicts[(place + 1)...] {
                let agreement = NegativeReview.Agreement(
                    one.verdicts.lazy.compactMap { question, verdict in
                        other.verdicts[question].map { (verdict, $0) }
                    })
                if agreement.questions == 0 { continue }
                agreements.append(
                    Agreement(
                        reviewers: [one.name, other.name], questions: agreement.questions,
                        observed: agreement.observed, kappa: agreement.kappa))
            }
        }
        self.init(
            total: items.count, reviewer: reviewer, answered: own.verdicts.count,
            reviewers: verdicts.map { Reviewer(name: $0.name, verdicts: $0.verdicts) }, agreements: agreements,
            question: next.map { Question($0, verdict: own.verdicts[$0.id]) }, canUndo: own.last != nil)
    }
}

extension ReviewState.Reviewer {
    init(name: String, verdicts: [QuestionID: Verdict]) {
        var counts: [String: Int] = [:]
        for verdict in Verdict.allCases { counts[verdict.rawValue] = 0 }
        for verdict in verdicts.values { counts[verdict.rawValue, default: 0] += 1 }
        self.init(name: name, answered: verdicts.count, verdicts: counts)
    }
}

extension ReviewState.Question {
    init(_ item: ReviewItem, verdict: Verdict?) {
        self.init(
            query: item.query.id, text: item.query.text, positives: item.positives.map(ReviewState.Passage.init),
            candidate: ReviewState.Passage(item.candidate), score: item.score, rank: item.rank,
            falseNegativeProbability: item.falseNegativeProbability, verdict: verdict)
    }
}

extension ReviewState.Passage {
    init(_ document: Document) { self.init(id: document.id, title: document.title, text: document.text) }
}
