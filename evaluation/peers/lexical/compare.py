#!/usr/bin/env python3
"""Compares decoy with bm25s, tantivy and PISA on a dataset; see ../README.md. Standard library only."""

import argparse
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENGINES = ["decoy", "decoy-text", "bm25s", "tantivy", "pisa-bmw", "pisa-maxscore"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path, help="a folder in BEIR layout")
    parser.add_argument("--venv", type=Path, required=True, help="the virtual environment, made if missing")
    parser.add_argument("--decoy", type=Path, required=True, help="the decoy binary")
    parser.add_argument("--benchmarks", type=Path, required=True, help="the DecoyBenchmarks binary")
    parser.add_argument("--queries", type=int, default=1000, help="queries at most (a seeded sample)")
    parser.add_argument("--split", help="the qrels to take queries from; dev, else test, else train unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--json", type=Path, help="also write all figures here")
    return parser.parse_args()


def environment(venv):
    """The environment's Python, with the peers installed."""
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    check = "import bm25s, Stemmer, numba, tantivy, importlib.metadata as m; m.version('pyterrier-pisa')"
    if subprocess.run([python, "-c", check], stderr=subprocess.DEVNULL).returncode != 0:
        lines = [line.strip() for line in (HERE / "requirements.txt").read_text().splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        alone = [line.split(" ", 1)[1] for line in lines if line.startswith("--no-deps ")]
        plain = [line for line in lines if not line.startswith("--")]
        subprocess.run([python, "-m", "pip", "install", "-q", *plain], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", *alone], check=True)
    return python


def read_qrels(path):
    qrels = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")[:3]
        qrels.setdefault(query, {})[document] = int(float(grade))
    return qrels


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


def timed(command, **more):
    """Runs a command; its output, wall-clock and CPU seconds."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=errors, **more)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(map(str, command))}: {errors.read().decode(errors='replace')[-2000:]}")
    return output.decode(), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def size(path, leave_out=()):
    """Bytes of the files below a folder, without those whose names end so."""
    files = [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files if not p.name.endswith(leave_out))


def quality(rankings, qrels):
    """nDCG@10 (gain: the grade, discount log2(rank + 1), as trec_eval) and R@100, means over all judged queries."""
    ndcg = recall = 0.0
    for query, grades in qrels.items():
        ranked = rankings.get(query, [])
        gains = [max(grades.get(document, 0), 0) for document in ranked[:10]]
        ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
        best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(ideal[:10]))
        ndcg += sum(grade / math.log2(rank + 2) for rank, grade in enumerate(gains)) / best
        recall += sum(1 for document in ranked[:100] if grades.get(document, 0) > 0) / len(ideal)
    return ndcg / len(qrels), recall / len(qrels)


class Decoy:
    """`decoy` without stored texts, as the peers; `decoy-text` with them, as by default."""

    def __init__(self, name, options, corpus, queries, folder):
        self.name, self.options, self.corpus, self.queries = name, options, corpus, queries
        self.storage = [] if name == "decoy-text" else ["--without-text"]
        self.index = folder / f"{name}.index"
        self.run = folder / "decoy.trec"

    def version(self):
        version = timed([self.options.decoy, "--version"])[0].strip()
        return f"decoy {version}" + ("" if self.storage else ", texts stored")

    def build(self):
        shutil.rmtree(self.index, ignore_errors=True)
        _, wall, cpu, memory = timed([self.options.decoy, "index", self.corpus, "-o", self.index, "--threads", "1", "--quiet", *self.storage])
        return wall, cpu, memory, size(self.index), size(self.index, leave_out=(".texts",))

    def time(self, k):
        output = timed([self.options.benchmarks, "latency", self.index, self.queries, "-k", k, "--batch", 100,
                        "--runs", self.options.runs])[0]
        d = json.loads(output)
        return {"mean": d["meanMilliseconds"], "p50": d["p50Milliseconds"], "p99": d["p99Milliseconds"],
                "cpu": d["cpuMillisecondsPerQuery"], "open": d["openMilliseconds"],
                "batch": d["batchQueriesPerSecond"], "batch_cpu": d["batchQueriesPerCPUSecond"]}

    def rankings(self):
        timed([self.options.decoy, "search", self.index, "--queries", self.queries, "-k", 100, "-o", self.run, "--quiet"])
        rankings = {}
        for line in self.run.read_text(encoding="utf-8").splitlines():
            query, _, document = line.split()[:3]
            rankings.setdefault(query, []).append(document)
        return rankings


class Peer:
    # PISA's uncompressed copy, from which it makes the index that is searched.
    BUILD_FILES = ("inv.docs", "inv.freqs", "inv.sizes", "fwd", "fwd.documents", "fwd.terms", "fwd.urls")

    def __init__(self, name, python, options, corpus, queries, folder):
        self.name, self.options, self.corpus, self.queries = name, options, corpus, queries
        self.index = folder / name
        self.command = [python, HERE / "engines.py", name]
        self.env = dict(os.environ, NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", RAYON_NUM_THREADS="1")

    def version(self):
        return timed([*self.command, "version"], env=self.env)[0].strip()

    def build(self):
        shutil.rmtree(self.index, ignore_errors=True)
        self.index.mkdir(parents=True)
        _, wall, cpu, memory = timed([*self.command, "build", self.corpus, self.index], env=self.env)
        return wall, cpu, memory, size(self.index), size(self.index, leave_out=self.BUILD_FILES)

    def time(self, k):
        return json.loads(timed([*self.command, "time", self.index, self.queries, str(k), str(self.options.runs)], env=self.env)[0])

    def rankings(self):
        return json.loads(timed([*self.command, "rank", self.index, self.queries, "100", "1"], env=self.env)[0])


def measure(engine, options, qrels):
    builds = [engine.build() for _ in range(options.runs)]
    figures = {"version": engine.version(), "build_wall": statistics.median(b[0] for b in builds),
               "build_cpu": statistics.median(b[1] for b in builds), "build_rss": max(b[2] for b in builds),
               "bytes": builds[-1][3], "needed_bytes": builds[-1][4]}
    figures["top10"] = engine.time(10)
    figures["top1000"] = engine.time(1000)
    figures["ndcg"], figures["recall"] = quality(engine.rankings(), qrels)
    return figures


COLUMNS = [
    ("engine", lambda name, f: f["version"]),
    ("build s (cpu)", lambda name, f: f"{f['build_wall']:.2f} ({f['build_cpu']:.2f})"),
    ("peak MB", lambda name, f: f"{f['build_rss'] / 1024:.0f}"),
    ("index MB (to search)", lambda name, f: f"{f['bytes'] / 1e6:.1f} ({f['needed_bytes'] / 1e6:.1f})"),
    ("open ms", lambda name, f: f"{f['top10']['open']:.0f}"),
    ("top 10 cpu ms", lambda name, f: f"{f['top10']['cpu']:.3f}"),
    ("mean / p50 / p99", lambda name, f: " / ".join(f"{f['top10'][p]:.3f}" for p in ("mean", "p50", "p99"))),
    ("top 1000 cpu ms", lambda name, f: f"{f['top1000']['cpu']:.3f}"),
    ("mean / p50 / p99", lambda name, f: " / ".join(f"{f['top1000'][p]:.3f}" for p in ("mean", "p50", "p99"))),
    ("batch top 100, q/cpu s", lambda name, f: f"{f['top10']['batch_cpu']:.0f}"),
    ("nDCG@10", lambda name, f: f"{f['ndcg']:.4f}"),
    ("R@100", lambda name, f: f"{f['recall']:.4f}"),
]
RATIOS = [("build", lambda f: f["build_cpu"]), ("top 10", lambda f: f["top10"]["cpu"]),
          ("top 1000", lambda f: f["top1000"]["cpu"]), ("batch", lambda f: 1 / f["top10"]["batch_cpu"]),
          ("size", lambda f: f["needed_bytes"])]


def table(results):
    headers = [header for header, _ in COLUMNS]
    ours = results.get("decoy")
    if ours:
        headers += [f"{name} ×" for name, _ in RATIOS]
    lines = ["| " + " | ".join(headers) + " |", "|---" + "|---:" * (len(headers) - 1) + "|"]
    for name, figures in results.items():
        if "error" in figures:
            lines.append(f"| {name}: {figures['error'].splitlines()[-1]} |" + " |" * (len(headers) - 1))
            continue
        cells = [cell(name, figures) for _, cell in COLUMNS]
        if ours and "error" not in ours:
            cells += [f"{figure(figures) / figure(ours):.2f}" for _, figure in RATIOS]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    options = arguments()
    python = environment(options.venv)
    load = os.getloadavg()
    corpus = options.dataset / "corpus.jsonl"
    with tempfile.TemporaryDirectory(prefix="decoy-peers-") as name:
        folder = Path(name)
        queries, qrels, split = sample(options, folder)
        results = {}
        for engine in options.engines.split(","):
            print(f"{engine} …", file=sys.stderr, flush=True)
            one = (Decoy(engine, options, corpus, queries, folder) if engine.startswith("decoy")
                   else Peer(engine, python, options, corpus, queries, folder))
            try:
                results[engine] = measure(one, options, qrels)
            except RuntimeError as error:
                results[engine] = {"error": str(error)}
                print(error, file=sys.stderr)
    print(f"{options.dataset.name}: {sum(1 for _ in open(corpus, 'rb'))} documents, {corpus.stat().st_size / 1e6:.1f} MB, "
          f"{len(qrels)} queries of {split}, 1 thread, median of {options.runs}\n")
    print(table(results))
    after = os.getloadavg()
    print(f"\nLoad average {load[0]:.1f} before, {after[0]:.1f} after, on {os.cpu_count()} cores.")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
