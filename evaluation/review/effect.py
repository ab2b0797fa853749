#!/usr/bin/env python3
"""Measures what reviewing 50 questions is worth: prints the tables of reports/review.md.

    evaluation/review/effect.py OUT NAME=DATASET:SPLIT ...

Of each query with several positives a random half is hidden. Mining sees the rest; an oracle that knows the hidden ones answers the 50 most
doubtful questions through `decoy review`; its answers are applied, and mining runs again. Give no test split where there is another.
DECOY names the program, else the release build is taken.
"""
import json
import os
import random
import subprocess
import sys
from collections import defaultdict

QUESTIONS = 50
SEEDS = [0, 1, 2]
DEPTHS = [10, 25, 50, 100, 200, 500]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
# An estimate with this limit rejects nothing and still orders the questions.
ORDERING = ["--max-false-negative-probability", "0.9999999"]
SETTINGS = [
    ("no filter", ORDERING, []),
    ("relative margin 0.05", ORDERING + ["--relative-margin", "0.05"], []),
    ("defaults (estimate)", [], []),
    ("defaults, --include-rejected", [], ["--include-rejected"]),
]


def program():
    if "DECOY" in os.environ:
        return os.environ["DECOY"]
    path = subprocess.run(["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return path.stdout.strip() + "/decoy"


DECOY = program()


def run(*arguments, stdin=None):
    done = subprocess.run([DECOY, *arguments], input=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def read_qrels(path):
    qrels = defaultdict(dict)
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            query, document, grade = line.split()
            qrels[query][document] = int(grade)
    return qrels


def hide(qrels, seed):
    """The judgements that stay, and the pairs that are hidden."""
    left, hidden = [], set()
    for query in sorted(qrels):
        positives = sorted(document for document, grade in qrels[query].items() if grade >= 1)
        drawn = set(random.Random(f"{seed} {query}").sample(positives, len(positives) // 2))
        hidden |= {(query, document) for document in drawn}
        left += [(query, document, grade) for document, grade in sorted(qrels[query].items()) if document not in drawn]
    return left, hidden


def read_fates(path, wanted):
    with open(path, encoding="utf-8") as file:
        fates = [json.loads(line) for line in file]
    return [fate for fate in fates if fate["fate"] in wanted]


def expected_of_top(fates, hidden, count):
    """The hidden among the `count` best-ranked, where candidates of one rank come in any order."""
    by_rank = defaultdict(list)
    for fate in fates:
        by_rank[fate["rank"]].append((fate["query"], fate["document"]) in hidden)
    found, asked = 0.0, 0
    for rank in sorted(by_rank):
        taken = min(count - asked, len(by_rank[rank]))
        found += taken * sum(by_rank[rank]) / len(by_rank[rank])
        asked += taken
    return found


def found_by_score(fates, hidden, count):
    """The hidden among the first questions in the order that there is without an estimate: by s / s+."""
    known = [fate for fate in fates if fate.get("positiveScore", 0) > 0]
    known.sort(key=lambda fate: (-fate["score"] / fate["positiveScore"], fate["query"], fate["document"]))
    return sum((fate["query"], fate["document"]) in hidden for fate in known[:count])


def share(negatives, hidden):
    return sum(pair in hidden for pair in negatives) / max(1, len(negatives))


def measure(out, dataset, split, seed, mining, reviewing):
    folder = f"{out}/seed-{seed}"
    os.makedirs(folder, exist_ok=True)
    index = f"{out}/index"
    if not os.path.exists(index):
        run("index", dataset, "-o", index, "-q")
    left, hidden = hide(read_qrels(f"{dataset}/qrels/{split}.tsv"), seed)
    qrels, fates, again = f"{folder}/qrels.tsv", f"{folder}/fates.jsonl", f"{folder}/again.jsonl"
    with open(qrels, "w", encoding="utf-8") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        file.writelines(f"{query}\t{document}\t{grade}\n" for query, document, grade in left)
    common = ["--queries", f"{dataset}/queries.jsonl", "--output-format", "ids", "-q", *mining]
    run("mine", index, "--qrels", qrels, "-o", f"{folder}/negatives.jsonl", "--explain", fates, "--report", f"{folder}/before.json", *common)
    answers = fates + ".review.jsonl"
    if os.path.exists(answers):
        os.remove(answers)
    source = [fates, "--queries", f"{dataset}/queries.jsonl", "--qrels", qrels, "--corpus", index, *reviewing]
    order = [json.loads(line) for line in run("review", *source, "--list").splitlines()]
    pairs = [(question["query"], question["document"]) for question in order]
    words = "".join("relevant\n" if pair in hidden else "wrong\n" for pair in pairs[:QUESTIONS])
    run("review", *source, "--limit", str(QUESTIONS), "--reviewer", "oracle", "-q", stdin=words)
    state = json.loads(run("review", *source, "--limit", str(QUESTIONS), "--reviewer", "oracle", "--json"))
    assert state["answered"] == min(QUESTIONS, len(pairs)), state
    run("review", fates, "--qrels", qrels, "--apply", f"{folder}/reviewed", "-q")
    found = {pair for pair in pairs[:QUESTIONS] if pair in hidden}
    run("mine", index, "--qrels", f"{folder}/reviewed/qrels.tsv", "--judged", f"{folder}/reviewed/judged.tsv",
        "-o", f"{folder}/better.jsonl", "--explain", again, "--report", f"{folder}/after.json", *common)
    before = [(fate["query"], fate["document"]) for fate in read_fates(fates, {"kept"})]
    after = [(fate["query"], fate["document"]) for fate in read_fates(again, {"kept"})]
    asked = read_fates(fates, {"kept", "falseNegativeProbability"} if reviewing else {"kept"})
    reports = []
    for name in ["before", "after"]:
        with open(f"{folder}/{name}.json", encoding="utf-8") as file:
            reports.append(json.load(file))
    return {
        "hidden": len(hidden), "pool": len(pairs), "pool share": share(pairs, hidden), "found": len(found),
        "random": QUESTIONS * share(pairs, hidden), "top": expected_of_top(asked, hidden, QUESTIONS),
        "score": found_by_score(asked, hidden, QUESTIONS),
        "depths": [sum(pair in hidden for pair in pairs[:depth]) for depth in DEPTHS],
        "before": share(before, hidden), "after": share(after, hidden),
        "hidden before": sum(pair in hidden for pair in before), "hidden after": sum(pair in hidden for pair in after),
        "negatives": len(before), "negatives after": len(after),
        "positives": sum(grade >= 1 for _, _, grade in left), "overruled": sum((reports[1].get("overruled") or {}).values()),
        "rejected before": reports[0]["rejected"], "rejected after": reports[1]["rejected"],
        "estimate": (reports[0].get("falseNegativeEstimate") or {}).get("origin"),
        "limit before": (reports[0].get("falseNegativeEstimate") or {}).get("limit"),
        "limit after": (reports[1].get("falseNegativeEstimate") or {}).get("limit"),
    }


def mean(results, key):
    return sum(result[key] for result in results) / len(results)


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main(out, sets):
    gains, depths, seconds = [], [], []
    for given in sets:
        name, place = given.split("=", 1)
        dataset, split = place.rsplit(":", 1)
        for setting, mining, reviewing in SETTINGS:
            results = [measure(f"{out}/{name}", dataset, split, seed, mining, reviewing) for seed in SEEDS]
            with open(f"{out}/{name}/{setting.replace(' ', '-')}.json", "w", encoding="utf-8") as file:
                json.dump(results, file, indent=1)
            gains.append([
                name, setting, f"{mean(results, 'hidden'):.0f}", f"{mean(results, 'pool'):.0f}",
                "**" + f"{mean(results, 'found'):.1f}" + "** (" + ", ".join(str(result["found"]) for result in results) + ")",
                f"{mean(results, 'random'):.1f}", f"{mean(results, 'top'):.1f}", f"{mean(results, 'score'):.1f}"])
            depths.append([name, setting] + [f"{sum(result['depths'][place] for result in results) / len(results):.0f}"
                                             if mean(results, "pool") >= depth else "–" for place, depth in enumerate(DEPTHS)])
            rejected = [sum(result[f"rejected {when}"].get(reason, 0) for result in results for reason in ["falseNegativeProbability", "relativeMargin"]) / len(results)
                        for when in ["before", "after"]]
            seconds.append([
                name, setting, f"{mean(results, 'negatives'):.0f}", f"{mean(results, 'hidden before'):.1f} ({100 * mean(results, 'before'):.2f} %)",
                f"{mean(results, 'hidden after'):.1f} ({100 * mean(results, 'after'):.2f} %)",
                f"{mean(results, 'positives'):.0f} + {mean(results, 'found'):.1f}", f"{rejected[0]:.0f}, {rejected[1]:.0f}",
                f"{mean(results, 'overruled'):.1f}"])
    print(f"Means of {len(SEEDS)} seeds.\n")
    table(["set", "mining", "hidden", "questions there are", f"hidden among the first {QUESTIONS} (by seed)",
           f"among {QUESTIONS} random ones", f"among {QUESTIONS} top-ranked ones",
           f"among the first {QUESTIONS} by score alone"], gains)
    table(["set", "mining"] + [f"first {depth}" for depth in DEPTHS], depths)
    table(["set", "mining", "negatives", "hidden positives among them", "after the review", "positives", "rejected by the filter, before and after",
           "negatives that the answers let pass"], seconds)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
