import Foundation
import RetrievalEvaluation
import Testing

struct MeasureGrammarTests {
    @Test(
        "Every spelling of a measure has one canonical form.",
        arguments: [
            ("nDCG@10", "nDCG@10"), ("NDCG@10", "nDCG@10"), ("ndcg@10", "nDCG@10"), ("ndcg_cut_10", "nDCG@10"),
            ("ndcg_cut.10", "nDCG@10"), ("ndcg", "nDCG"), ("nDCG", "nDCG"), ("map", "AP"), ("MAP", "AP"),
            ("AP@100", "AP@100"), ("map_cut_100", "AP@100"), ("recip_rank", "RR"), ("MRR@10", "RR@10"),
            ("RR", "RR"), ("recall_100", "R@100"), ("R@100", "R@100"), ("P_5", "P@5"), ("P.5", "P@5"),
            ("P@5", "P@5"), ("P(rel=2)@5", "P(rel=2)@5"), ("P(rel=1)@5", "P@5"), ("RR(rel=2)", "RR(rel=2)"),
            ("success_5", "Success@5"), ("Success@5", "Success@5"), ("Judged@10", "Judged@10"),
        ])
    func canonical(spelling: String, form: String) throws {
        let measure = try Measure(spelling)
        #expect(measure.description == form)
        #expect(try Measure(form) == measure)
    }

    @Test("A list splits at spaces and commas, keeps its order and drops repetitions.")
    func list() throws {
        let measures = try Measure.list(" nDCG@10, RR@10  ndcg_cut.10,100 P(rel=2)@5,R@100 ")
        #expect(measures.map(\.description) == ["nDCG@10", "RR@10", "nDCG@100", "P(rel=2)@5", "R@100"])
        #expect(try Measure.list("").isEmpty)
    }

    @Test(
        "What is no measure is refused with the known ones.",
        arguments: [
            "", "nDCG@0", "nDCG@-1", "nDCG@ten", "nDCG@", "P", "R", "Success", "P(rel=0)@5", "P(rel=x)@5", "P(rel@5",
            "nDCG(rel=2)@10", "nDCG(gain=2)", "Foo@10", "@10", "P_", "P_x", "recall", "ndcg_cut", "RR@10 P@5",
            "nDCG@99999999999999999999", "P@+5", "success_5,x",
        ])
    func refused(text: String) {
        #expect(throws: MeasureError.self) { try Measure(text) }
    }

    @Test("The error of an unknown measure names it and lists what is known.")
    func errorText() throws {
        let error = try #require(throws: MeasureError.self) { try Measure("Foo@10") }
        #expect(
            error.description.hasPrefix("measure 'Foo@10': is not known; known measures: nDCG[@k], RR[(rel=n)][@k],"))
        #expect(Measure.known.count >= 7)
    }

    @Test("A measure is its canonical form in JSON.")
    func json() throws {
        let measures = try Measure.list("nDCG@10 P(rel=2)@5")
        let data = try JSONEncoder().encode(measures)
        #expect(String(decoding: data, as: UTF8.self) == #"["nDCG@10","P(rel=2)@5"]"#)
        #expect(try JSONDecoder().decode([Measure].self, from: data) == measures)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Measure].self, from: Data(#"["Foo"]"#.utf8))
        }
    }
}
