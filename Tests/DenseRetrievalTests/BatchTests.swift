import DecoyTestSupport
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Batches")
struct BatchTests {
    @Test("A batch has each document once, masks a query's other known positives, and counts identical texts as one.")
    func columnsAndMasks() throws {
        var task = ToyTask(subjects: 0, seed: 1)
        task.documents = [
            Document(id: "a", text: "abc"), Document(id: "b", text: "bcd"), Document(id: "copy of a", text: "abc"),
            Document(id: "n", text: "xyz"),
        ]
        task.queries = [
            Query(id: "1", text: "p"), Query(id: "2", text: "q"), Query(id: "3", text: "r"), Query(id: "4", text: "q"),
        ]
        for (query, document) in [("1", "a"), ("1", "b"), ("2", "b"), ("3", "copy of a"), ("4", "n")] {
            task.qrels.judge(query: query, document: document, grade: 1)
        }
        let set = try task.set()
        #expect(set.pairCount == 5)
        var batch = ContrastiveBatch(documentCount: 4)
        batch.fill(set.pairs, set: set, negatives: [[3, 3], [3], [3], [0]])
        #expect(batch.documents.map { set.documentIDs[Int($0)] } == ["a", "b", "n"])
        // Pairs: 1-a, 1-b, 2-b, 3-a (as the copy), 4-n.
        #expect(batch.targets == [0, 1, 1, 0, 2])
        #expect(Array(batch.masked(for: 0)) == [1])
        #expect(Array(batch.masked(for: 1)) == [0])
        // Queries 2 and 4 have the same text, so each other's positive is known to be relevant.
        #expect(Array(batch.masked(for: 2)) == [2])
        #expect(batch.masked(for: 3).isEmpty)
        #expect(Array(batch.masked(for: 4)) == [1])
    }

    @Test(
        "Several positives of a query are columns before the negatives, weighted by grade; those beyond the number are masked."
    )
    func severalPositives() throws {
        var task = ToyTask(subjects: 0, seed: 1)
        task.documents = ["a", "b", "c", "n"].map { Document(id: $0, text: $0) }
        task.queries = [Query(id: "1", text: "p")]
        for (document, grade) in [("a", 1), ("b", 3), ("c", 2)] {
            task.qrels.judge(query: "1", document: document, grade: grade)
        }
        var set = try task.set()
        try set.addTeacherScores([
            Triplet(query: "1", positive: "a", negatives: ["n"], scores: [5, 1]),
            Triplet(query: "1", positive: "b", negatives: ["n"], scores: [4, 2]),
            Triplet(query: "unknown", positive: "a", scores: [9]), Triplet(query: "1", positive: "c"),
        ])
        var batch = ContrastiveBatch(documentCount: 4)
        batch.fill([set.pairs[1], set.pairs[2]], set: set, negatives: [[3]], positivesPerQuery: 2)
        // Rows 1-b with c, and 1-c with a.
        #expect(batch.documents.map { set.documentIDs[Int($0)] } == ["b", "c", "a", "n"])
        #expect(batch.positiveColumns == 3 && batch.targets == [0, 1])
        let rows = batch.judgements
        #expect(Array(rows.positives[0]) == [.init(column: 0, weight: 0.6), .init(column: 1, weight: 0.4)])
        #expect(
            Array(rows.positives[1]) == [
                .init(column: 1, weight: Float(2.0 / 3)), .init(column: 2, weight: Float(1.0 / 3)),
            ])
        #expect(Array(rows.masked[0]) == [2] && Array(rows.masked[1]) == [0])
        // The first score of a pair counts; a masked document has none.
        #expect(
            Array(rows.scored[0]) == [
                .init(column: 0, score: 4, weight: 1, share: 0.8), .init(column: 3, score: 1, weight: 0, share: 0.2),
            ])
        let back = rows.transposed(columns: 3)
        #expect(Array(back.positives[0]) == [.init(column: 0, weight: 1)] && Array(back.masked[0]) == [1])
        #expect(
            back.positives[1].map(\.column) == [0, 1] && abs(back.positives[1].reduce(0) { $0 + $1.weight } - 1) < 1e-6)
    }

    @Test(
        "Each epoch has every pair once, in an order of its own, without a query or document twice in a batch while that is possible."
    )
    func planner() throws {
        let task = ToyTask(subjects: 40, perSubject: 2, seed: 3)
        let set = try task.set()
        var orders: [[TrainingSet.Pair]] = []
        for epoch in 0..<3 {
            let batches = BatchPlanner.batches(set, batchSize: 16, epoch: epoch, seed: 4)
            #expect(batches.count == 5)
            #expect(Set(batches.joined()) == Set(set.pairs) && batches.joined().count == set.pairs.count)
            for batch in batches.dropLast() {
                #expect(Set(batch.map(\.query)).count == batch.count)
                #expect(Set(batch.map(\.document)).count == batch.count)
            }
            orders.append(Array(batches.joined()))
        }
        #expect(orders[0] != orders[1] && orders[1] != orders[2])
        #expect(BatchPlanner.batches(set, batchSize: 16, epoch: 1, seed: 4).flatMap { $0 } == orders[1])
    }

    @Test("A document that all queries share does not stop the batches from filling.")
    func oneDocument() throws {
        var task = ToyTask(subjects: 1, perSubject: 30, seed: 5)
        task.documents.append(Document(id: "other", text: "m"))
        let set = try task.set()
        let batches = BatchPlanner.batches(set, batchSize: 8, epoch: 0, seed: 1)
        #expect(batches.map(\.count).reduce(0, +) == 30 && batches.count == 4)
    }
}
