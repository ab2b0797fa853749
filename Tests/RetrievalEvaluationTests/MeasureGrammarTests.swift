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
            ("nDCG(dcg='exp-log2')@10", "nDCG(dcg='exp-log2')@10"), ("nDCG(dcg=\"exp-log2\")", "nDCG(dcg='exp-log2')"),
            ("nDCG(dcg=exp-log2)@5", "nDCG(dcg='exp-log2')@5"), ("nDCG(dcg='log2')@5", "nDCG@5"),
            ("P(judged_only=True,rel=2)@5", "P(rel=2,judged_only=True)@5"), ("P(judged_only=False)@5", "P@5"),
            ("RBP", "RBP"), ("RBP(p=0.8,rel=1)", "RBP"), ("RBP(p=0.50, rel=2)@20", "RBP(rel=2,p=0.5)@20"),
            ("SetF(beta=0.5)", "SetF(beta=0.5)"), ("SetF(beta=1)", "SetF"), ("set_F.0.5", "SetF(beta=0.5)"),
            ("set_F_2", "SetF(beta=2.0)"), ("set_F", "SetF"), ("SetRelP", "SetP(relative=True)"),
            ("set_relative_P", "SetP(relative=True)"), ("SetP", "SetP"), ("set_P", "SetP"), ("set_recall", "SetR"),
            ("set_map", "SetAP"), ("ERR@20", "ERR@20"), ("ERR", "ERR"), ("IPrec@0.5", "IPrec@0.5"),
            ("IPrec@.50", "IPrec@0.5"), ("IPrec@0", "IPrec@0.0"), ("iprec_at_recall_0.10", "IPrec@0.1"),
            ("iprec_at_recall.1", "IPrec@1.0"), ("Rprec", "Rprec"), ("RPrec(rel=2)", "Rprec(rel=2)"),
            ("bpref", "Bpref"), ("BPref", "Bpref"), ("infAP", "infAP"), ("infAP(rel=2)", "infAP(rel=2)"),
            ("Accuracy@5", "Accuracy@5"), ("num_q", "NumQ"), ("num_ret", "NumRet"), ("num_rel", "NumRel"),
            ("num_rel_ret", "NumRet(rel=1)"), ("NumRelRet", "NumRet(rel=1)"), ("NumRelRet(rel=2)", "NumRet(rel=2)"),
            ("NumRel(rel=1)", "NumRel"), ("gm_map", "GMAP"), ("GMAP(rel=2)", "GMAP(rel=2)"), ("gm_bpref", "GMBpref"),
            ("11pt_avg", "11pt_avg"),
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
        let parameters = try Measure.list(
            "P(rel=2, judged_only=True)@5,11pt_avg,RBP(rel=2,p=0.5) iprec_at_recall.0,.1,0.25")
        #expect(
            parameters.map(\.description) == [
                "P(rel=2,judged_only=True)@5", "11pt_avg", "RBP(rel=2,p=0.5)", "IPrec@0.0", "IPrec@0.1", "IPrec@0.25",
            ])
        #expect(try Measure.list("iprec_at_recall").count == 11)
    }

    @Test(
        "What is no measure is refused with the known ones.",
        arguments: [
            "", "nDCG@0", "nDCG@-1", "nDCG@ten", "nDCG@", "P", "R", "Success", "P(rel=0)@5", "P(rel=x)@5", "P(rel@5",
            "nDCG(rel=2)@10", "nDCG(gain=2)", "Foo@10", "@10", "P_", "P_x", "recall", "ndcg_cut", "RR@10 P@5",
            "nDCG@99999999999999999999", "P@+5", "success_5,x",
            "Rprec@5", "IPrec", "IPrec@2", "IPrec@-0.1", "IPrec@nan", "RBP(p=1)", "RBP(p=x)", "RBP(p=)",
            "SetF(beta=-1)",
            "SetF(beta=inf)", "set_F.x", "SetR(judged_only=True)", "P(judged_only=1)@5", "nDCG(dcg='exp')@5",
            "ERR(rel=2)",
            "NumQ(rel=1)", "NumQ@3", "SetP(relative=yes)", "iprec_at_recall_1.5", "P(rel=2", "P)rel=2(@5", "P()(@5",
        ])
    func refused(text: String) {
        #expect(throws: MeasureError.self) { try Measure(text) }
    }

    @Test("The error of an unknown measure names it and lists what is known.")
    func errorText() throws {
        let error = try #require(throws: MeasureError.self) { try Measure("Foo@10") }
        #expect(
            error.description.hasPrefix("measure 'Foo@10': is not known; known measures: nDCG[@k], RR[@k],"))
        let unknown = try #require(throws: MeasureError.self) { try Measure("RBP(q=0.5)") }
        #expect(unknown.problem == "has the unknown parameter 'q=0.5' (RBP takes rel=n, p=x)")
    }

    @Test("Every known measure can be read by its form and by its names in trec_eval, which name the same measure.")
    func known() throws {
        #expect(Measure.known.count == 24)
        for known in Measure.known {
            let form = known.form.replacing("[@k]", with: "").replacing("@k", with: "@5").replacing(
                "@recall", with: "@0.5")
            let measure = try Measure(form)
            #expect(try Measure(measure.description) == measure)
            for name in known.trecNames {
                let text = name.replacing("_k", with: "_5").replacing("_x", with: "_0.5").replacing(
                    "_beta", with: "_0.5")
                #expect(try Measure(text).name == measure.name)
            }
        }
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
