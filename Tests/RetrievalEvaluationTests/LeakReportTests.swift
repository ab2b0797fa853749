import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct LeakReportTests {
    @Test("Shared positives, seen and unseen queries and identical texts are found, and measures are split by them.")
    func report() throws {
        var train = Qrels()
        train.judge(query: "t1", document: "a", grade: 1)
        train.judge(query: "t1", document: "z", grade: 0)
        train.judge(query: "t2", document: "b", grade: 2)
        var test = Qrels()
        test.judge(query: "s1", document: "a", grade: 1)
        test.judge(query: "s1", document: "c", grade: 1)
        test.judge(query: "s2", document: "d", grade: 1)
        test.judge(query: "s2", document: "z", grade: 1)
        test.judge(query: "s3", document: "b", grade: 0)
        let queries = [
            Query(id: "t1", text: "What is  Decoy?"), Query(id: "t2", text: "other"),
            Query(id: "s1", text: "what is decoy?"), Query(id: "s2", text: "else"),
        ]
        let run = Run(
            name: "bm25",
            rankings: [
                Ranking(queryID: "s1", documents: [ScoredDocument(id: "a", score: 1)]),
                Ranking(
                    queryID: "s2", documents: [ScoredDocument(id: "x", score: 2), ScoredDocument(id: "d", score: 1)]),
            ])
        let evaluation = try Evaluator(qrels: test, measures: Measure.list("RR")).evaluate(run)
        let report = LeakReport(train: train, test: test, queries: queries, evaluations: [evaluation])
        #expect(report.trainPositives == 2 && report.testPositives == 4 && report.sharedPositives == 1)
        #expect(report.sharedShare == 0.25)
        #expect(report.seenQueries == 1 && report.unseenQueries == 1)
        #expect(
            report.identicalQueries == [LeakReport.IdenticalQuery(test: "s1", train: "t1")]
                && report.identicalQueryCount == 1)
        #expect(report.systems["bm25"] == LeakReport.Split(seen: ["RR": 1], unseen: ["RR": 0.5]))
    }
}
