#!/usr/bin/env python3
"""Compares decoy with bm25s, tantivy, PISA and Lucene on a dataset; see ../README.md. Standard library only."""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import processes
import report
from beir import quality, read_qrels

ENGINES = ["decoy", "decoy-text", "bm25s", "tantivy", "pisa-bmw", "pisa-maxscore", "pisa-quant-bmw", "pisa-quant-maxscore", "lucene"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path, help="a folder in BEIR layout")
    parser.add_argument("--venv", type=Path, required=True, help="the virtual environment, made if missing")
    parser.add_argument("--decoy", type=Path, required=True, help="the decoy binary")
    parser.add_argument("--benchmarks", type=Path, required=True, help="the DecoyBenchmarks binary")
    parser.add_argument("--queries", type=int, default=1000, help="queries at most (a seeded sample)")
    parser.add_argument("--split", help="the qrels to take queries from; dev, else test, else train unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2, help="also batches, and decoy's build, on so many threads")
    parser.add_argument("--engines", default=",".join(ENGINES), help="some of them, with commas: %(default)s")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    parser.add_argument("--comparisons", type=Path, help="write decoy's figures beside the others' here, for ../run")
    options = parser.parse_args()
    options.engines = options.engines.split(",")
    unknown = [name for name in options.engines if name not in ENGINES]
    if unknown:
        parser.error(f"there is no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    for path in (options.dataset / "corpus.jsonl", options.dataset / "queries.jsonl", options.decoy, options.benchmarks):
        if not path.exists():
            parser.error(f"there is no {path}")
    return options


def environment(venv):
    """The environment's Python, with the peers installed."""
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    check = "import bm25s, Stemmer, numba, tantivy, importlib.metadata as m; m.version('pyterrier-pisa'); m.version('pyserini')"
    if subprocess.run([python, "-c", check], stderr=subprocess.DEVNULL).returncode != 0:
        lines = [line.strip() for line in (processes.HERE / "requirements.txt").read_text().splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        alone = [line.split(" ", 1)[1] for line in lines if line.startswith("--no-deps ")]
        plain = [line for line in lines if not line.startswith("--")]
        subprocess.run([python, "-m", "pip", "install", "-q", *plain], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", *alone], check=True)
    return python


def sample(options, folder):
    """Writes the queries that are asked, in a file; gives their qrels."""
    splits = {path.stem: path for path in (options.dataset / "qrels").glob("*.tsv")}
    split = options.split or next((name for name in ("dev", "test", "train") if name in splits), None)
    if split not in splits:
        sys.exit(f"{options.dataset} has no qrels/{split}.tsv")
    qrels = {q: d for q, d in read_qrels(splits[split]).items() if any(grade > 0 for grade in d.values())}
    lines = []
    with open(options.dataset / "queries.jsonl", encoding="utf-8") as file:
        for line in file:
            if json.loads(line)["_id"] in qrels:
                lines.append(line if line.endswith("\n") else line + "\n")
    if len(lines) > options.queries:
        lines = [lines[i] for i in sorted(random.Random(1).sample(range(len(lines)), options.queries))]
    path = folder / "queries.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path, {json.loads(line)["_id"]: qrels[json.loads(line)["_id"]] for line in lines}, split


def measure(engine, options, qrels):
    """All figures of one engine."""
    builds = [engine.build(options.threads) for _ in range(options.runs)]
    more_wall = statistics.median(build[0] for build in builds) if all(builds) else None
    builds = [engine.build(1) for _ in range(options.runs)]
    size, needed = engine.sizes()
    ndcg, recall = quality(engine.rankings(), qrels)
    return {"version": engine.version(), "build_wall": statistics.median(wall for wall, _, _ in builds),
            "build_cpu": statistics.median(cpu for _, cpu, _ in builds), "build_rss": max(memory for _, _, memory in builds),
            "build_more_wall": more_wall, "bytes": size, "needed_bytes": needed,
            "top10": engine.time(10), "top1000": engine.time(1000),
            "batch": {str(threads): engine.batch(threads) for threads in (1, options.threads)}, "ndcg": ndcg, "recall": recall}


def main():
    options = arguments()
    python = environment(options.venv)
    load = os.getloadavg()
    corpus = options.dataset / "corpus.jsonl"
    with tempfile.TemporaryDirectory(prefix="decoy-peers-") as scratch:
        folder = Path(scratch)
        queries, qrels, split = sample(options, folder)
        results = {}
        for name in options.engines:
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                engine = processes.engine(name, python, options, corpus, queries, folder)
                results[name] = measure(engine, options, qrels)
            except RuntimeError as error:
                results[name] = {"error": str(error)}
                print(error, file=sys.stderr)
    megabytes = corpus.stat().st_size / 1e6
    print(f"{options.dataset.name}: {sum(1 for _ in open(corpus, 'rb'))} documents, {megabytes:.1f} MB, "
          f"{len(qrels)} queries of {split}, 1 thread unless said, median of {options.runs}\n")
    print(report.table(results, megabytes, options.threads))
    print()
    print(report.bars(results, options.threads))
    after = os.getloadavg()
    print(f"\nLoad average {load[0]:.1f} before, {after[0]:.1f} after, on {os.cpu_count()} cores.")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2))
    if options.comparisons:
        options.comparisons.write_text(json.dumps(report.comparisons(results, options.dataset.name, megabytes)))


if __name__ == "__main__":
    main()
