import RetrievalData

/// Which relevant documents two splits share and which test queries that concerns.
struct SplitOverlap {
    let trainPositives: Set<DocumentID>
    let testPositives: Set<DocumentID>
    let seen: Set<QueryID>
    let unseen: Set<QueryID>

    init(train: Qrels, test: Qrels, minimumGrade: Int) {
        var trainPositives: Set<DocumentID> = []
        for query in train.queryIDs { trainPositives.formUnion(train.relevant(to: query, minimumGrade: minimumGrade)) }
        var testPositives: Set<DocumentID> = []
        var seen: Set<QueryID> = []
        var unseen: Set<QueryID> = []
        for query in test.queryIDs {
            let positives = test.relevant(to: query, minimumGrade: minimumGrade)
            if positives.isEmpty { continue }
            testPositives.formUnion(positives)
            if positives.contains(where: trainPositives.contains) { seen.insert(query) } else { unseen.insert(query) }
        }
        self.trainPositives = trainPositives
        self.testPositives = testPositives
        self.seen = seen
        self.unseen = unseen
    }
}
