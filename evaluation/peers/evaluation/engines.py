"""One evaluator of Python in a process of its own: reads the files, measures, prints the means and its own times as JSON.

    python engines.py ENGINE RUN QRELS

Times are without the start of Python and the imports; ranx is measured once before on a toy so that numba has compiled (or loaded) its code.
"""

import json
import sys
import time


def dictionaries(run_path, qrels_path):
    """The files as pytrec_eval wants them, by the fastest plain loop that we know."""
    qrels, run = {}, {}
    with open(qrels_path) as lines:
        for line in lines:
            query, _, document, grade = line.split()
            if query in qrels:
                qrels[query][document] = int(grade)
            else:
                qrels[query] = {document: int(grade)}
    last, documents = None, {}
    with open(run_path) as lines:
        for line in lines:
            query, _, document, _, score, _ = line.split()
            if query != last:
                documents = run.setdefault(query, {})
                last = query
            documents[document] = float(score)
    return run, qrels


def pytrec_eval(run_path, qrels_path):
    import pytrec_eval
    start = time.perf_counter()
    run, qrels = dictionaries(run_path, qrels_path)
    read = time.perf_counter()
    results = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recall.100", "recip_rank", "map"}).evaluate(run)
    names = {"nDCG@10": "ndcg_cut_10", "R@100": "recall_100", "RR": "recip_rank", "AP": "map"}
    means = {ours: sum(r[name] for r in results.values()) / len(qrels) for ours, name in names.items()}
    return means, read - start, time.perf_counter() - start


def ir_measures(run_path, qrels_path):
    import ir_measures
    start = time.perf_counter()
    run, qrels = list(ir_measures.read_trec_run(run_path)), list(ir_measures.read_trec_qrels(qrels_path))
    read = time.perf_counter()
    measures = [ir_measures.parse_measure(name) for name in ("nDCG@10", "R@100", "RR", "AP")]
    values = ir_measures.calc_aggregate(measures, qrels, run)
    return {str(m): v for m, v in values.items()}, read - start, time.perf_counter() - start


def ranx(run_path, qrels_path):
    import ranx
    names = {"nDCG@10": "ndcg@10", "R@100": "recall@100", "RR": "mrr", "AP": "map"}
    toy = {"q": {"a": 1, "b": 1}}
    ranx.evaluate(ranx.Qrels(toy), ranx.Run({"q": {"a": 1.0, "b": 0.5}}), list(names.values()), threads=1)
    start = time.perf_counter()
    qrels, run = ranx.Qrels.from_file(qrels_path, kind="trec"), ranx.Run.from_file(run_path, kind="trec")
    read = time.perf_counter()
    values = ranx.evaluate(qrels, run, list(names.values()), threads=1)
    return {ours: float(values[name]) for ours, name in names.items()}, read - start, time.perf_counter() - start


if __name__ == "__main__":
    means, reading, whole = {"pytrec_eval": pytrec_eval, "ir_measures": ir_measures, "ranx": ranx}[sys.argv[1]](*sys.argv[2:4])
    json.dump({"means": means, "reading": reading, "whole": whole}, sys.stdout)
