"""Measures BM25, a trained encoder and hybrids of both on the dev split.

    python hybrid.py DECOY DATASET WORK [--seeds 3] [--threads 1] [--ours "OPTIONS OF decoy train" | --model MODEL]

DATASET has the splits train and dev (devsets.py). The dev queries are halved by a hash of their ids; the weight of the cosine (--weights) and BM25's normalisation
are chosen by nDCG@10 on one half and the other half is reported with them, both ways round, so no query is reported with a weight that it helped to choose. Prints a Markdown
table of means over the seeds of training, with the standard deviation, and the weights chosen. Needs Python alone.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys

MEASURES = ("nDCG@10", "RR@10", "R@100")


def halves(dataset, work):
    """Writes the judgements of both halves; gives their paths and the ids."""
    with open(os.path.join(dataset, "qrels", "dev.tsv"), encoding="utf-8") as lines:
        head = next(lines)
        rows = list(lines)
    found = []
    for half in (0, 1):
        mine = [row for row in rows if hashlib.sha256(("half " + row.split("\t")[0]).encode()).digest()[0] % 2 == half]
        path = os.path.join(work, f"half{half}.tsv")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines([head, *mine])
        found.append((path, len({row.split("\t")[0] for row in mine})))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("work")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--weights", default="0.25,0.5,1,2,4,8")
    parser.add_argument("--normalizations", default="maximum")
    parser.add_argument("--model", help="a trained model, instead of training")
    parser.add_argument("--ours", default="", help="options of decoy train, as one argument")
    a = parser.parse_args()
    os.makedirs(a.work, exist_ok=True)
    qrels = halves(a.dataset, a.work)
    queries = os.path.join(a.work, "queries.jsonl")
    judged = set()
    for path, _ in qrels:
        with open(path, encoding="utf-8") as lines:
            next(lines)
            judged |= {line.split("\t")[0] for line in lines}
    with open(os.path.join(a.dataset, "queries.jsonl"), encoding="utf-8") as lines, open(queries, "w", encoding="utf-8") as out:
        out.writelines(line for line in lines if json.loads(line)["_id"] in judged)
    index, model, vectors, run = (os.path.join(a.work, name) for name in ("index", "model", "vectors", "run.trec"))

    def decoy(*options):
        return subprocess.run([a.decoy, *options, "--threads", str(a.threads)], capture_output=True, text=True, check=True).stdout

    def measured(*options):
        """The measures of a run on both halves."""
        decoy("search", *options, "--queries", queries, "-k", "100", "-o", run)
        return [json.loads(decoy("evaluate", run, "--qrels", path, "-m", " ".join(MEASURES), "--output-format", "json"))["runs"][0]["measures"]
                for path, _ in qrels]

    def joined(first, second):
        counts = [count for _, count in qrels]
        return {m: (first[m] * counts[0] + second[m] * counts[1]) / sum(counts) for m in MEASURES}

    decoy("index", a.dataset, "-o", index, "--force")
    rows = {"BM25": [joined(*measured(index))], "dense": [], "hybrid, reciprocal ranks": [], "hybrid, weighted": []}
    chosen = []
    for seed in range(1, 2 if a.model else a.seeds + 1):
        model = a.model or model
        if not a.model:
            decoy("train", a.dataset, "-o", model, "--force", "--dev-split", "none", "--seed", str(seed), *a.ours.split())
        decoy("encode", model, a.dataset, "-o", vectors, "--force")
        dense = ("--dense", vectors, "--model", model)
        rows["dense"].append(joined(*measured(vectors, "--model", model)))
        rows["hybrid, reciprocal ranks"].append(joined(*measured(index, *dense, "--fuse", "rrf")))
        tried = {(n, w): measured(index, *dense, "--dense-weight", w, "--normalization", n)
                 for n in a.normalizations.split(",") for w in a.weights.split(",")}
        best = [max(tried, key=lambda way: tried[way][half]["nDCG@10"]) for half in (0, 1)]
        rows["hybrid, weighted"].append(joined(tried[best[1]][0], tried[best[0]][1]))
        chosen += [" ".join(way) for way in best]
    name = os.path.basename(os.path.normpath(a.dataset))
    for system, found in rows.items():
        cells = []
        for measure in MEASURES:
            values = [f[measure] for f in found]
            cells.append(f"{statistics.mean(values):.4f}" + (f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""))
        print(f"| {name} | {system} | {' | '.join(cells)} |")
    print(f"{name}: chosen by half and seed: {', '.join(chosen)}", file=sys.stderr)


main()
