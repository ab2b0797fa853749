"""Trains with many configurations and measures each on the dev split; resumable.

    python sweep.py DECOY DATA JOBS LOG [--threads 1] [--work DIR]

DATA is what devsets.py wrote. JOBS has one job a line: a folder of DATA, then options of `decoy train`, as on a command line; lines may be added while it runs.
A job whose line stands in LOG (JSON lines: job, seconds, loss, measures) is not run again, and one that another process is at is passed over.

    python sweep.py --table LOG       prints the log as a Markdown table, seeds joined: mean, standard deviation, number
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import time


def records(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def train(arguments, job, work):
    dataset, *options = shlex.split(job)
    command = [arguments.decoy, "train", os.path.join(arguments.data, dataset), "-o", os.path.join(work, "model"), "--force", "--threads",
               str(arguments.threads), *options]
    start = time.time()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return {"job": job, "error": done.stderr[-500:]}
    measures = {name: float(value) for name, value in re.findall(r"^(\S+) on \S+/dev: ([0-9.]+)$", done.stderr, re.M)}
    loss = re.search(r"steps, .*; loss (.*)$", done.stderr, re.M)
    return {"job": job, "seconds": round(time.time() - start, 1), "loss": loss[1] if loss else "", "measures": measures}


def run(arguments):
    tried = set()
    while True:
        with open(arguments.jobs, encoding="utf-8") as lines:
            jobs = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        known = {record["job"] for record in records(arguments.log)}
        left = [job for job in jobs if job not in known and job not in tried]
        if not left:
            return
        job = left[0]
        tried.add(job)
        lock = os.path.join(arguments.work, hashlib.sha256(job.encode()).hexdigest()[:16])
        with open(lock, "w", encoding="utf-8") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            record = train(arguments, job, os.path.join(arguments.work, str(os.getpid())))
            with open(arguments.log, "a", encoding="utf-8") as out:
                out.write(json.dumps(record) + "\n")
            print(record, flush=True)


def table(path):
    rows = {}
    for record in records(path):
        if "measures" not in record:
            continue
        job = re.sub(r" --seed \d+", "", record["job"])
        rows.setdefault(job, []).append(record["measures"])
    print("| data set and options | nDCG@10 | RR@10 | R@100 | seeds |\n| :-- | --: | --: | --: | --: |")
    for job, found in sorted(rows.items(), key=lambda r: (r[0].split()[0], -statistics.mean(m["nDCG@10"] for m in r[1]))):
        cells = []
        for name in ("nDCG@10", "RR@10", "R@100"):
            values = [m[name] for m in found]
            spread = f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""
            cells.append(f"{statistics.mean(values):.4f}{spread}")
        dataset, *options = job.split(" ", 1)
        print(f"| {dataset} `{options[0] if options else '(defaults)'}` | {' | '.join(cells)} | {len(found)} |")


def main():
    if sys.argv[1:2] == ["--table"]:
        return table(sys.argv[2])
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("data")
    parser.add_argument("jobs")
    parser.add_argument("log")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--work", default="sweep.work")
    arguments = parser.parse_args()
    os.makedirs(os.path.join(arguments.work, str(os.getpid())), exist_ok=True)
    run(arguments)


main()
