import NegativeReview
import RetrievalData
import Testing

@Suite("The judgement of all reviewers")
struct ConsensusTests {
    private func answers(_ lines: [(String, String, Verdict?)]) -> [Answer] {
        lines.map { name, reviewer, verdict in
            let parts = name.split(separator: "/").map(String.init)
            return Answer(
                question: QuestionID(query: parts[0], document: parts[1]), reviewer: reviewer,
                time: "2026-11-26T13:05:00Z", verdict: verdict)
        }
    }

    @Test("What more than half say counts; ties and unsure ones are left out and counted.")
    func majority() {
        let consensus = Consensus(
            of: answers([
                ("q2/one", "ann", .relevant), ("q1/tie", "ann", .relevant), ("q1/tie", "bob", .wrong),
                ("q1/most", "ann", .wrong), ("q1/most", "bob", .wrong), ("q1/most", "cem", .relevant),
                ("q1/half", "ann", .wrong), ("q1/half", "bob", .unsure), ("q3/unsure", "ann", .unsure),
                ("q3/three", "ann", .wrong), ("q3/three", "bob", .relevant), ("q3/three", "cem", .unsure),
            ]))
        #expect(consensus.relevant == 1 && consensus.wrong == 1 && consensus.unsure == 1 && consensus.disputed == 3)
        #expect(consensus.judged.queryIDs == ["q1", "q2"])
        #expect(consensus.judged["q1"] == ["most": 0] && consensus.judged["q2"] == ["one": 1])
    }

    @Test("Later answers replace earlier ones, and what was taken back doesn't count.")
    func standing() {
        let consensus = Consensus(
            of: answers([
                ("q/a", "ann", .wrong), ("q/a", "ann", .relevant), ("q/b", "ann", .wrong), ("q/b", "ann", nil),
                ("q/c", "ann", .wrong), ("q/c", "ann", .relevant), ("q/c", "ann", nil), ("q/d", "ann", nil),
            ]))
        #expect(consensus.judged["q"] == ["a": 1, "c": 0])
        #expect(Consensus(of: []).judged.count == 0)
    }
}
