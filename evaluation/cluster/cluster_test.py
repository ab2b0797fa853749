"""Tests spark_mine.py on a real standalone cluster: one master and two workers on loopback, stopped by process id.

    python cluster_test.py --decoy ../../.build/release/decoy --corpus corpus.jsonl --queries queries.jsonl --qrels train.tsv

Needs pyspark, pyarrow and Java 17. Every check is run on the same data; the single machine's bytes are the reference.
"""
import argparse
import filecmp
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyspark

import shard_task

HERE = Path(__file__).resolve().parent
SHARDS = 4
EXTRA = ["--relative-margin", "0.05"]


class StandaloneCluster:
    """A master and two workers of one core each, whose process ids are kept."""

    def __init__(self, folder):
        self.folder, self.port, self.workers, self.jobs = folder, free_port(), [], []
        self.address = f"spark://127.0.0.1:{self.port}"
        self.environment = dict(os.environ, SPARK_HOME=str(Path(pyspark.__file__).parent), SPARK_LOCAL_IP="127.0.0.1",
                                SPARK_NO_DAEMONIZE="1", PYSPARK_PYTHON=sys.executable)
        self.master = self.start("master.Master", "--port", str(self.port), "--webui-port", str(free_port()))
        wait_until(lambda: answers(self.port), 60, "the master")

    def start(self, name, *words, host="127.0.0.1"):
        command = [f"{self.environment['SPARK_HOME']}/bin/spark-class", f"org.apache.spark.deploy.{name}",
                   "--host", host, *words]
        with open(self.folder / "cluster.log", "ab") as log:
            return subprocess.Popen(command, env=dict(self.environment, SPARK_LOCAL_IP=host), stdout=log, stderr=log,
                                    cwd=self.folder)

    def add_worker(self):
        """Adds a worker on a loopback address of its own: Spark speculates on another host only (Linux has 127/8)."""
        number = len(self.workers)
        self.workers.append(self.start("worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port",
                                       str(free_port()), "--work-dir", str(self.folder / f"worker-{number}"), self.address,
                                       host=f"127.0.0.{number + 1}"))

    def stop(self):
        processes = [*self.jobs, *self.workers, self.master]
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {seconds} s")
        time.sleep(0.05)


def parent(process_id):
    return int(Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[1])


def children_seconds(work):
    """User and system time of what work starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class ProcessTimes(threading.Thread):
    """The CPU seconds of all processes below this one since they began, read five times a second (Linux)."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seconds, self.ended = {}, threading.Event()

    def run(self):
        while not self.ended.wait(0.2):
            self.read()

    def read(self):
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, rest = path.read_text().split("(", 1)[1].rsplit(")", 1)
            except OSError:
                continue  # it ended in between
            fields = rest.split()
            found[int(path.parent.name)] = name, int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for number, (name, parent, seconds) in found.items():
            while parent in found and parent != os.getpid():
                parent = found[parent][1]
            if parent == os.getpid():
                self.seconds[number] = name, seconds

    def of(self, name):
        return round(sum(seconds for found, seconds in self.seconds.values() if found.startswith(name)), 1)


def script(path, decoy, body):
    """A program in the place of decoy that does body first."""
    path.write_text(f"#!/bin/sh\n{body}\nexec '{decoy}' \"$@\"\n")
    path.chmod(0o755)
    return path


def single_machine(options, folder):
    """Index, search and mine with one decoy at a time on one core; returns the CPU seconds."""
    def work():
        for words in [["index", options.corpus, "-o", folder / "single.index"],
                      ["search", folder / "single.index", "--queries", options.queries, "-k", "100", "-o", folder / "single.trec"],
                      ["mine", "--from-run", folder / "single.trec", "--corpus", options.corpus, "--queries", options.queries,
                       "--qrels", options.qrels, "-o", folder / "single.jsonl", *EXTRA]]:
            subprocess.run([options.decoy, *map(str, words), "--threads", "1", "--quiet"], check=True)
    return children_seconds(work)


def without_spark(options, folder):
    """The calls of decoy that the Spark job makes, one after the other; returns the CPU seconds."""
    work, given = folder / "without-spark", options
    place = shard_task.Place(options.decoy, str(work), SHARDS)

    def calls():
        for number in range(SHARDS):
            shard_task.index(f"index-{number}", number, place, given.corpus, [])
        shard_task.merge_stats("stats", 0, place, [f"{work}/{number}.stats" for number in range(SHARDS)])
        for number in range(SHARDS):
            shard_task.search(f"search-{number}", number, place, given.queries, shard_task.first_depth(100, SHARDS), [])
        unsure = shard_task.list_unsure("unsure", 0, place, given.queries, 100)
        for number in range(SHARDS) if unsure else []:
            shard_task.search_again(f"again-{number}", number, place, given.queries, 100, [])
        shard_task.merge_runs("runs", 0, place, given.queries, 100, 2 if unsure else 1)
        shard_task.mine("mine", 0, place, given.corpus, given.queries, given.qrels, str(folder / "without-spark.jsonl"), EXTRA)
    return children_seconds(calls)


def submit(cluster, options, work, decoy, output, corpus=None, settings=(), words=()):
    """Starts spark_mine.py against the cluster."""
    command = [sys.executable, HERE / "spark_mine.py", "all", "--master", cluster.address, "--work", work, "--shards", SHARDS,
             "--corpus", corpus or options.corpus, "--queries", options.queries, "--qrels", options.qrels, "-o", output,
             "--decoy", decoy, *words, f"--mine-options={' '.join(EXTRA)}"]
    for setting in ["spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1",
                    "spark.executor.memory=512m", *settings]:
        command += ["--conf", setting]
    process = subprocess.Popen(list(map(str, command)), env=cluster.environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    cluster.jobs.append(process)
    return process


def expect(condition, what):
    print(f"{'ok' if condition else 'FAILED'}: {what}", flush=True)
    if not condition:
        raise SystemExit(1)


def same(folder, name):
    return (filecmp.cmp(folder / "single.trec", folder / name / "merged.trec", shallow=False)
            and filecmp.cmp(folder / "single.jsonl", folder / f"{name}.jsonl", shallow=False))


def finish(process, what):
    _, said = process.communicate()
    if process.returncode != 0:
        print(said, file=sys.stderr)
    expect(process.returncode == 0, what)


def spark_seconds(cluster, options, folder, name, *words):
    """Runs a whole job, checks its bytes; returns the CPU seconds of its decoys."""
    times = folder / f"{name}.seconds"
    timed = folder / f"{name}.sh"
    timed.write_text(f"#!/bin/sh\nexec /usr/bin/time -a -o '{times}' -f '%U %S' '{options.decoy}' \"$@\"\n")
    timed.chmod(0o755)
    finish(submit(cluster, options, folder / name, timed, folder / f"{name}.jsonl", words=words), f"the job {name} ends right")
    expect(same(folder, name), f"{name}: {SHARDS} shards on two workers give the single machine's bytes (run and negatives)")
    rows = [line.split() for line in times.read_text().splitlines()]
    return sum(float(user) + float(system) for user, system in rows)


def check_ratio(split, seconds, options):
    if options.single_seconds >= 5:  # of smaller work the start of each process is a large part
        expect(seconds <= 1.3 * options.single_seconds, f"split by {split}, decoy's CPU time is at most 1.3 times the single machine's")


def check_query_split(cluster, options, folder):
    seconds = spark_seconds(cluster, options, folder, "queries", "--split", "queries")
    print(json.dumps({"decoy_cpu_seconds": {"single": round(options.single_seconds, 2), "spark": round(seconds, 2)},
                      "ratio": round(seconds / options.single_seconds, 3)}), flush=True)
    check_ratio("queries", seconds, options)


def check_bytes_and_time(cluster, options, folder):
    began = time.monotonic()
    others = ProcessTimes()
    others.start()
    seconds = spark_seconds(cluster, options, folder, "documents")
    others.ended.set()
    wall = time.monotonic() - began
    calls = without_spark(options, folder)
    print(json.dumps({"decoy_cpu_seconds": {"unsharded": round(options.single_seconds, 2), "sharded_without_spark": round(calls, 2),
                                            "spark": round(seconds, 2)},
                      "spark_over_unsharded": round(seconds / options.single_seconds, 3),
                      "spark_over_sharded": round(seconds / calls, 3),
                      "other_cpu_seconds": {"java": others.of("java"), "python": others.of("python")}, "spark_wall_seconds": round(wall, 1),
                      "load": [round(load, 2) for load in os.getloadavg()]}), flush=True)


def check_parquet(cluster, options, folder):
    import pyarrow.json
    import pyarrow.parquet
    read = pyarrow.json.ReadOptions(block_size=1 << 24)
    pyarrow.parquet.write_table(pyarrow.json.read_json(options.corpus, read), folder / "corpus.parquet")
    finish(submit(cluster, options, folder / "parquet", options.decoy, folder / "parquet.parquet", folder / "corpus.parquet"),
           "a job from Parquet to Parquet ends right")
    rows = pyarrow.parquet.read_table(folder / "parquet.parquet").to_pylist()
    expected = [json.loads(line) for line in open(folder / "single.jsonl", encoding="utf-8")]
    expect(rows == expected, "Parquet holds the single machine's rows")


def check_failing_shard(cluster, options, folder):
    broken = script(folder / "broken", options.decoy, 'case "$*" in *"--shard 2/4"*) echo "shard 2 is out of order" >&2; exit 3;; esac')
    process = submit(cluster, options, folder / "failing", broken, folder / "failing.jsonl")
    _, said = process.communicate()
    print(said[max(0, said.rfind('spark_mine:')):].strip()[:300])
    expect(process.returncode != 0 and "exit code 3" in said and "shard 2 is out of order" in said,
           "a worker that exits 3 fails the job, which says why")
    expect(not (folder / "failing.jsonl").exists(), "a failed job leaves no negatives")


def check_speculation(cluster, options, folder):
    tries = folder / "tries"
    tries.mkdir()
    slow = script(folder / "slow", options.decoy,
                  f'case "$*" in *"--shard 1/4"*) mktemp "{tries}/XXXXXX" >&2; mkdir "{folder}/slow-once" 2>&- && exec sleep 600;; esac')
    finish(submit(cluster, options, folder / "speculative", slow, folder / "speculative.jsonl",
                  settings=["spark.speculation=true", "spark.speculation.quantile=0.5", "spark.speculation.multiplier=1.5"]),
           "a job with a shard that hangs ends right under speculation")
    expect(len(list(tries.iterdir())) >= 2, "the shard was tried twice at the same time")
    expect(same(folder, "speculative"), "speculation changes no byte")


def check_killed_worker(cluster, options, folder):
    mark = folder / "began"
    waiting = script(folder / "waiting", options.decoy,
                     f'case "$*" in *"--shard 1/4"*) mkdir "{folder}/once" 2>&- && {{ echo $$ > "{mark}.new"; mv "{mark}.new" "{mark}"; exec sleep 600; }};; esac')
    process = submit(cluster, options, folder / "killed", waiting, folder / "killed.jsonl")
    wait_until(mark.exists, 300, "the shard's first attempt")
    ancestors, workers = [int(mark.read_text())], {worker.pid for worker in cluster.workers}
    while ancestors[-1] not in workers and ancestors[-1] > 1:
        ancestors.append(parent(ancestors[-1]))
    expect(ancestors[-1] in workers, "the shard runs under a worker of this cluster")
    worker, executor = ancestors[-1], ancestors[-2]
    os.kill(worker, signal.SIGKILL)
    os.kill(executor, signal.SIGKILL)
    finish(process, "a worker and its executor killed in the middle: the job ends right")
    expect(same(folder, "killed"), "the killed worker changed no byte")


def main():
    parser = argparse.ArgumentParser(description="Tests spark_mine.py on a standalone cluster on loopback.")
    for name in ["decoy", "corpus", "queries", "qrels"]:
        parser.add_argument(f"--{name}", required=True, type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder unless said")
    parser.add_argument("--only", nargs="*", metavar="CHECK", help="these checks only, such as check_speculation")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="decoy-cluster-", dir=options.folder))
    options.single_seconds = single_machine(options, folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    cluster = StandaloneCluster(folder)
    try:
        cluster.add_worker()
        cluster.add_worker()
        for check in [check_bytes_and_time, check_query_split, check_parquet, check_failing_shard, check_speculation, check_killed_worker]:
            if not options.only or check.__name__ in options.only:
                check(cluster, options, folder)
    finally:
        cluster.stop()
    shutil.rmtree(folder)
    print("all checks passed")


if __name__ == "__main__":
    main()
