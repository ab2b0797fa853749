#!/usr/bin/env python3
"""Load on loopback: the library's own queries a second, wrk's at full load, and latencies and memory at half of that.

    load.py DECOY DATASET INDEX [--split dev] [--runs 5] [--seconds 20] [--minutes 10] [--work FOLDER]

DATASET is a folder in BEIR layout, INDEX what `decoy index` made of it. Needs wrk and a C compiler. README.md says what each figure is.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import threading
import time

import targets
from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))


def library(arguments, queries, count):
    """Queries a second of `decoy search` over the whole file, opening and writing included."""
    command = [arguments.decoy, "search", arguments.index, "--queries", queries, "-k", "10", "--threads", "2", "-o", "/dev/null", "--quiet"]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return count / (time.perf_counter() - start)


def wrk(arguments, port, connections, seconds):
    """Requests a second of wrk, and its errors."""
    result = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", f"{HERE}/cycle.lua", f"http://127.0.0.1:{port}"],
        env={**os.environ, "TARGETS": arguments.work + "/load.targets"}, capture_output=True, text=True, check=True).stdout
    requests, duration, *errors = map(int, re.search(r"RESULT (.*)", result)[1].split())
    return requests / (duration / 1e6), sum(errors)


def paced(arguments, port, rate, seconds):
    command = [arguments.work + "/paced", str(port), arguments.work + "/load.targets", f"{rate:.1f}", str(seconds), "64"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def over_time(arguments, server, rate):
    """Memory every ten seconds while requests come at a steady rate."""
    samples = []
    done = threading.Event()

    def sample():
        start = time.monotonic()
        while True:
            samples.append((round(time.monotonic() - start), *server.memory()))
            if done.wait(10):
                return

    thread = threading.Thread(target=sample)
    thread.start()
    answer = paced(arguments, server.port, rate, round(arguments.minutes * 60))
    done.set()
    thread.join()
    return answer, samples


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("dataset")
    parser.add_argument("index")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--work", default="/tmp/decoy-load")
    arguments = parser.parse_args()
    os.makedirs(arguments.work, exist_ok=True)
    targets.main(arguments.dataset, arguments.split, arguments.work + "/load")
    subprocess.run(["cc", "-O2", "-o", arguments.work + "/paced", HERE + "/paced.c"], check=True)
    with open(arguments.work + "/load.jsonl", encoding="utf-8") as lines:
        rows = lines.readlines()
    # Many times the same queries, so that opening the index does not matter.
    times = max(1, 100_000 // len(rows))
    many = arguments.work + "/many.jsonl"
    with open(many, "w", encoding="utf-8") as file:
        for copy in range(times):
            for row in rows:
                file.write(row.replace('"_id": "', f'"_id": "{copy}-', 1))

    report = {"load_before": os.getloadavg()[0], "queries": len(rows)}
    own, full, errors, shares = [], [], 0, []
    server = Server(arguments.decoy, arguments.index, "--threads", "2")
    wrk(arguments, server.port, arguments.connections, 5)
    for _ in range(arguments.runs):
        # In turn, so that what else the machine does meets both.
        own.append(library(arguments, many, times * len(rows)))
        cpu, start = server.cpu(), time.monotonic()
        rate, failed = wrk(arguments, server.port, arguments.connections, arguments.seconds)
        shares.append((server.cpu() - cpu) / (time.monotonic() - start))
        full.append(rate)
        errors += failed
    report["library_per_second"] = {"median": statistics.median(own), "runs": own}
    report["wrk_per_second"] = {"median": statistics.median(full), "runs": full, "errors": errors, "server_cores": shares}
    report["ratio"] = statistics.median(full) / statistics.median(own)
    half = statistics.median(full) / 2
    runs = [paced(arguments, server.port, half, arguments.seconds) for _ in range(arguments.runs)]
    report["half_load"] = {"rate": half, "p99_ms_median": statistics.median(run["p99_ms"] for run in runs), "runs": runs}
    if arguments.minutes > 0:
        answer, samples = over_time(arguments, server, half)
        report["minutes"] = {"answers": answer, "memory_mb": [samples[0], *samples[6::6]], "columns": ["seconds", "resident", "anonymous"]}
    report["load_after"] = os.getloadavg()[0]
    report["exit"] = server.stop()
    report["messages"] = server.messages[1:]
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
