#!/usr/bin/env python3
"""Prints the tables of reports/mining.md from the results.json of experiments: arms by set, and what mining is worth, with p."""
import json
import sys

MEASURES = ["RR@10", "nDCG@10", "R@100"]
ARMS = ["bm25", "before", "large-batch", "control", "bm25-top", "dense-top", "after", "self-mined", "hybrid-before", "hybrid-control", "hybrid"]
AGAINST = ["before", "control", "bm25-top", "dense-top", "large-batch"]
HYBRIDS = [("bm25", "hybrid"), ("hybrid-before", "hybrid"), ("hybrid-control", "hybrid")]


def value(result, system, measure):
    found = result["systems"][system]
    deviation = (found.get("deviation") or {}).get(measure)
    return f"{found['measures'][measure]:.4f}" + (f" ± {deviation:.4f}" if deviation else "")


def probability(p):
    return "–" if p is None else "<0.001" if p < 0.001 else f"{p:.3f}"


def comparison(result, baseline, run, measure):
    for found in result["comparisons"]:
        if (found["baseline"], found["run"], found["measure"]) == (baseline, run, measure):
            return f"{found['difference']:+.4f} ({probability(found['p'])}; {probability(found.get('pMixed'))})"
    return "–"


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main(paths):
    results = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            results.append(json.load(file))
    for result in results:
        print(f"### {result['dataset']}, {result['split']}, {len(result['seeds'])} seeds\n")
        for note in result["notes"]:
            print(f"> {note}\n")
        table(["arm"] + MEASURES,
              [[arm] + [value(result, arm, measure) for measure in MEASURES] for arm in ARMS if arm in result["systems"]])
        pairs = [(other, "after") for other in AGAINST] + HYBRIDS
        table(["difference (p over queries; p over queries and seeds)"] + MEASURES,
              [[f"{run} − {baseline}"] + [comparison(result, baseline, run, measure) for measure in MEASURES]
               for baseline, run in pairs])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: tables.py results.json ...")
    main(sys.argv[1:])
