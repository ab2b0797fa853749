"""decoy evaluate beside pytrec_eval, ir_measures and ranx: nDCG@10, R@100, RR and AP of a run of 50,000 queries with 100 documents each.

    python compare.py DECOY [--queries 50000] [--documents 100] [--rounds 5] [--engines pytrec_eval,ir_measures,ranx] [--threads 1,2] [--seed 1] [--folder FOLDER]

DECOY is the built program (`swift build -c release --product decoy`). A seeded run (six columns) and qrels (5 to 10 judgements a query, half of them on
documents of the ranking) are written first. Then every program reads and measures them in a process of its own, in turn, `--rounds` times. Prints a
Markdown table of medians: wall-clock and CPU seconds of the whole process, for the Python packages also the seconds without the start of Python and the
imports, the peak of the resident memory, and how many times decoy's time and memory that is. Ends with exit code 1 where the means of pytrec_eval and
decoy differ by more than 1e-6. Packages that are not installed are left out. Needs: pip install pytrec_eval-terrier ir_measures ranx
"""

import argparse
import importlib.metadata
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

PACKAGES = {"pytrec_eval": "pytrec_eval-terrier", "ir_measures": "ir_measures", "ranx": "ranx"}
MEASURES = ["nDCG@10", "R@100", "RR", "AP"]


def write_data(folder, queries, documents, seed):
    """A run whose scores have four decimals, so that some tie, and its qrels."""
    source = random.Random(seed)
    run_path, qrels_path = os.path.join(folder, "run.trec"), os.path.join(folder, "qrels.txt")
    corpus = 20_000 * max(1, documents)
    with open(run_path, "w") as run, open(qrels_path, "w") as qrels:
        for number in range(queries):
            query = str(100_000 + number)
            ids = source.sample(range(corpus), documents)
            scores = sorted((30 * source.random() for _ in ids), reverse=True)
            run.write("".join(f"{query} Q0 doc{i} {rank} {score:.4f} seeded\n" for rank, (i, score) in enumerate(zip(ids, scores), 1)))
            count = source.randint(5, 10)
            judged = source.sample(ids, min(documents, count // 2))
            judged += [corpus + i for i in range(count - len(judged))]
            qrels.write("".join(f"{query} 0 doc{i} {source.choice((0, 1, 1, 2))}\n" for i in judged))
    return run_path, qrels_path


def measured(arguments):
    """Runs a process: its output, wall-clock seconds, CPU seconds, peak of resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"{' '.join(arguments)} failed with {process.returncode}")
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return json.loads(output), wall, usage.ru_utime + usage.ru_stime, peak


def commands(options, run, qrels):
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "engines.py")
    for threads in options.threads.split(","):
        yield f"decoy, {threads} thread" + ("" if threads == "1" else "s"), [
            options.decoy, "evaluate", run, "--qrels", qrels, "-m", " ".join(MEASURES), "--output-format", "json", "--threads", threads]
    for engine in options.engines.split(","):
        try:
            importlib.metadata.version(PACKAGES[engine])
        except importlib.metadata.PackageNotFoundError:
            print(f"{engine} is not installed and left out", file=sys.stderr)
            continue
        yield engine, [sys.executable, here, engine, run, qrels]


def table(figures):
    median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    base = next(iter(median.values()))
    yield "| program | whole process, s | CPU, s | without start and imports, s | of it reading, s | peak memory, MB | × time | × CPU | × memory |"
    yield "| :-- | --: | --: | --: | --: | --: | --: | --: | --: |"
    for name, (wall, cpu, inner, reading, peak) in median.items():
        parts = ["", ""] if name.startswith("decoy") else [f"{inner:.2f}", f"{reading:.2f}"]
        yield (f"| {name} | {wall:.2f} | {cpu:.2f} | {parts[0]} | {parts[1]} | {peak:.0f} | {inner / base[0]:.1f} | {cpu / base[1]:.1f} "
               f"| {peak / base[4]:.1f} |")


def comparisons(figures, run):
    """decoy on one thread beside every package, whose start and imports count in CPU time alone."""
    median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    ours = next(iter(median.values()))
    shown = ((0, 2, run, "s"), (1, 1, f"{run}, whole process", "CPU s"), (4, 4, f"memory, {run}", "MB"))
    return [{"what": what, "unit": unit, "decoy": ours[place], "peer": name, "other": values[other], "ratio": values[other] / ours[place]}
            for name, values in median.items() if not name.startswith("decoy")
            for place, other, what, unit in shown]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("decoy")
    parser.add_argument("--queries", type=int, default=50_000)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", default="pytrec_eval,ir_measures,ranx")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    parser.add_argument("--comparisons", help="write decoy's figures beside the others' here, for ../run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or temporary
        os.makedirs(folder, exist_ok=True)
        run, qrels = write_data(folder, options.queries, options.documents, options.seed)
        size = os.path.getsize(run)
        jobs, figures, means = list(commands(options, run, qrels)), {}, {}
        load = os.getloadavg()[0]
        for _ in range(options.rounds):
            for name, arguments in jobs:
                result, wall, cpu, peak = measured(arguments)
                is_ours = name.startswith("decoy")
                means[name] = result["runs"][0]["measures"] if is_ours else result["means"]
                times = (wall, 0) if is_ours else (result["whole"], result["reading"])
                figures.setdefault(name, []).append((wall, cpu, *times, peak))
    print(f"{options.queries:,} queries × {options.documents} documents ({size / 1e6:.0f} MB, seed {options.seed}), medians of {options.rounds} rounds.\n")
    print("\n".join(table(figures)))
    print("\n| program | " + " | ".join(MEASURES) + " |\n| :-- |" + " --: |" * len(MEASURES))
    for name, values in means.items():
        print(f"| {name} | " + " | ".join(f"{values[m]:.6f}" for m in MEASURES) + " |")
    if options.comparisons:
        with open(options.comparisons, "w", encoding="utf-8") as out:
            json.dump(comparisons(figures, f"a run of {options.queries * options.documents:,} lines"), out)
    versions = [f"{name} {importlib.metadata.version(PACKAGES[name])}" for name in means if name in PACKAGES]
    versions.insert(0, "decoy " + subprocess.run([options.decoy, "--version"], capture_output=True, text=True).stdout.strip())
    print(f"\n{', '.join(versions)}, Python {platform.python_version()}; {os.cpu_count()} cores; load {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end.")
    ours = next(iter(means.values()))
    wrong = [(name, m) for name, values in means.items() for m in MEASURES if abs(values[m] - ours[m]) > 1e-6]
    for name, measure in wrong:
        print(f"{measure} of {name} differs: {means[name][measure]!r}, here {ours[measure]!r}", file=sys.stderr)
    sys.exit(1 if any(name == "pytrec_eval" or name.startswith("decoy") for name, _ in wrong) else 0)


if __name__ == "__main__":
    main()
