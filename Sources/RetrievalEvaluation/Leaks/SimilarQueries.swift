import RetrievalData

/// Test queries whose text is that of a train query, or nearly so, in the order of the test qrels.
struct SimilarQueries {
    /// Pairs of equal texts, with the first train query of that text.
    let identical: [LeakReport.IdenticalQuery]
    /// Pairs of texts at or above the threshold, without the test queries of `identical`.
    let near: [LeakReport.NearDuplicate]

    init(train: Qrels, test: Qrels, queries: [Query], threshold: Double) {
        var texts: [QueryID: String] = [:]
        for query in queries { texts[query.id] = ShingleSets.folded(query.text) }
        var trainByText: [String: QueryID] = [:]
        var trainIDs: [QueryID] = []
        var trainTexts: [String] = []
        for id in train.queryIDs {
            guard let text = texts[id], trainByText[text] == nil else { continue }
            trainByText[text] = id
            trainIDs.append(id)
            trainTexts.append(text)
        }
        var identical: [LeakReport.IdenticalQuery] = []
        var testIDs: [QueryID] = []
        var testTexts: [String] = []
        for id in test.queryIDs {
            guard let text = texts[id] else { continue }
            if let other = trainByText[text] {
                identical.append(.init(test: id, train: other))
            } else {
                testIDs.append(id)
                testTexts.append(text)
            }
        }
        self.identical = identical
        let matches = NearDuplicateSearch(ShingleSets(train: trainTexts, test: testTexts), threshold: threshold)
            .matches()
        near = zip(testIDs, matches).compactMap { id, match in
            match.map { .init(test: id, train: trainIDs[$0.train], similarity: $0.similarity) }
        }
    }
}
