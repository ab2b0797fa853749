#!/usr/bin/env python3
"""Counts the values in which `decoy evaluate` differs from pytrec_eval and ir_measures on random runs.

    swift build -c release --product decoy
    python3 -m venv venv && venv/bin/pip install pytrec-eval-terrier ir-measures cwl-eval
    venv/bin/python evaluation/peers/evaluation/equality.py --decoy .build/release/decoy

pytrec_eval is trec_eval's C code without the rounding to four decimals, so values are compared to 1e-9; gdeval (ERR and nDCG with
dcg='exp-log2', for which perl is needed) prints five decimals. The runs are those of RetrievalEvaluationTests: ties, graded and negative
grades, queries without relevant documents, missing and extra queries.
"""
import argparse, collections, json, math, pathlib, subprocess, sys, tempfile
import ir_measures, pytrec_eval

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/RetrievalEvaluationTests/Fixtures"))
from random_runs import random_run

# decoy's form with a place for parameters, and pytrec_eval's name; the marks say which of rel= and judged_only= it takes.
TREC = [line.split() for line in """
nDCG{} ndcg J
nDCG{}@1 ndcg_cut_1 J
nDCG{}@10 ndcg_cut_10 J
nDCG{}@100 ndcg_cut_100 J
AP{} map RJ
AP{}@5 map_cut_5 RJ
RR{} recip_rank RJ
R{}@5 recall_5 RJ
R{}@100 recall_100 RJ
P{}@5 P_5 RJ
P{}@10 P_10 RJ
Success{}@1 success_1 RJ
Success{}@5 success_5 RJ
Rprec{} Rprec RJ
Bpref{} bpref R
infAP{} infAP R
SetP{} set_P RJ
SetR{} set_recall R
SetAP{} set_map RJ
SetF{} set_F RJ
IPrec{}@0.0 iprec_at_recall_0.00 RJ
IPrec{}@0.1 iprec_at_recall_0.10 RJ
IPrec{}@0.5 iprec_at_recall_0.50 RJ
IPrec{}@1.0 iprec_at_recall_1.00 RJ
11pt_avg{} 11pt_avg RJ
NumRel{} num_rel R
NumRet num_ret -
""".strip().splitlines()]
LEVELS = [("", 1, False), ("(rel=2)", 2, False), ("(judged_only=True)", 1, True)]
OTHERS = """ERR@1 ERR@5 ERR@20 nDCG(dcg='exp-log2')@1 nDCG(dcg='exp-log2')@10 RBP(rel=1) RBP(p=0.5,rel=1) RBP(p=0.95,rel=2) Judged Judged@5
Accuracy Accuracy@5 Accuracy(rel=2) SetF(beta=0.5) SetF(beta=2.0,judged_only=True) NumRet(rel=1) NumRet(rel=2) SetP(relative=True)
SetP(relative=True,rel=2) Success(rel=3)@5 IPrec(rel=2,judged_only=True)@0.3 RR(rel=2)@5""".split()
GDEVAL = ("ERR", "nDCG(dcg=")


def decoy(program, qrels, run, measures):
    """{query: {measure: value}} of all judged queries."""
    command = [program, "evaluate", run, "--qrels", qrels, "-m", " ".join(measures), "--by-query", "--output-format", "json", "--quiet"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["runs"][0]["byQuery"]


def grouped(rows):
    """{query: {document: value}}"""
    table = collections.defaultdict(dict)
    for query, document, value in rows: table[query][document] = value
    return dict(table)


def canonical(name):
    """decoy's canonical form of a measure as ir_measures spells it here."""
    return {"RBP(rel=1)": "RBP", "RBP(p=0.5,rel=1)": "RBP(p=0.5)", "RBP(p=0.95,rel=2)": "RBP(rel=2,p=0.95)",
            "SetP(relative=True,rel=2)": "SetP(rel=2,relative=True)"}.get(name, name)


def by_trec_eval(qrels, run):
    """[(decoy's form, query, value)] by pytrec_eval."""
    for text, level, judged_only in LEVELS:
        names = {trec: form.format(text) for form, trec, marks in TREC if not text or ("J" if judged_only else "R") in marks}
        asked = [name.replace("_0.", ".0.").replace("_1.00", ".1.0") if name.startswith("iprec") else name for name in names]
        found = pytrec_eval.RelevanceEvaluator(grouped(qrels), set(asked), relevance_level=level, judged_docs_only_flag=judged_only)
        for query, values in found.evaluate(grouped(run)).items():
            yield from ((names[name], query, value) for name, value in values.items() if name in names)


def by_ir_measures(qrels, run):
    """[(ir_measures' form, query, value)]; scores are made distinct in trec_eval's order first, as its providers break ties otherwise."""
    for query in grouped(run):
        marks = [ir_measures.Qrel(*row) for row in qrels if row[0] == query]
        order = sorted(((s, d) for q, d, s in run if q == query), reverse=True)
        ranking = [ir_measures.ScoredDoc(query, d, float(-i)) for i, (_, d) in enumerate(order)]
        for name in OTHERS if marks else []:
            try:
                for m in ir_measures.iter_calc([ir_measures.parse_measure(name)], marks, ranking): yield name, query, float(m.value)
            except ZeroDivisionError:
                yield name, query, 1.0  # Accuracy without a non-relevant document: no pair is wrong.


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--decoy", default=str(ROOT / ".build/release/decoy"))
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    counts = {"pytrec_eval": [0, 0, 0], "ir_measures": [0, 0, 0]}
    forms = [form.format(text) for form, _, marks in TREC for text, _, judged in LEVELS if not text or ("J" if judged else "R") in marks]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.runs):
            qrels, run = random_run(number)
            pathlib.Path(folder, "qrels.trec").write_text("".join(f"{q} 0 {d} {m}\n" for q, d, m in qrels))
            pathlib.Path(folder, "run.trec").write_text("".join(f"{q} Q0 {d} 1 {s!r} t\n" for q, d, s in run))
            ours = decoy(options.decoy, f"{folder}/qrels.trec", f"{folder}/run.trec", forms + OTHERS)
            for peer, values in (("pytrec_eval", by_trec_eval(qrels, run)), ("ir_measures", by_ir_measures(qrels, run))):
                for name, query, value in values:
                    if math.isnan(value):  # trec_eval divides by 0 where -J leaves no document.
                        counts[peer][2] += 1
                        continue
                    counts[peer][0] += 1
                    tolerance = 0.5e-5 + 1e-9 if name.startswith(GDEVAL) else 1e-9
                    if not abs(ours[query][canonical(name)] - value) <= tolerance:
                        counts[peer][1] += 1
                        if counts[peer][1] <= 20: print(f"run {number} query {query} {name}: {ours[query][canonical(name)]!r}, {peer} {value!r}")
    for peer, (compared, different, undefined) in counts.items():
        print(f"{peer}: {compared} values on {options.runs} runs, {different} differ, {undefined} undefined there")
    sys.exit(any(different for _, different, _ in counts.values()))


main()
