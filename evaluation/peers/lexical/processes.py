"""Each engine as compare.py sees it: commands that build an index, time it, and rank, and what they print. Standard library only."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def timed(command, **more):
    """Runs a command; its output, wall-clock and CPU seconds, and peak memory in bytes."""
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
    return output.decode(), wall, usage.ru_utime + usage.ru_stime, 1024 * usage.ru_maxrss


def size(path, leave_out=()):
    """Bytes of the files below a folder, without those whose names end so."""
    files = [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files if not p.name.endswith(leave_out))


class Decoy:
    """`decoy` without stored texts, as the peers; `decoy-text` with them, as by default."""

    MEMORY_MEGABYTES = 512

    def __init__(self, name, options, corpus, queries, folder):
        self.options, self.corpus, self.queries = options, corpus, queries
        self.storage = [] if name == "decoy-text" else ["--without-text"]
        self.index = folder / f"{name}.index"
        self.run = folder / "decoy.trec"

    def version(self):
        version = timed([self.options.decoy, "--version"])[0].strip()
        return f"decoy {version}" + ("" if self.storage else ", texts stored")

    def build(self, threads):
        shutil.rmtree(self.index, ignore_errors=True)
        return timed([self.options.decoy, "index", self.corpus, "-o", self.index, "--threads", threads,
                      "--memory", f"{self.MEMORY_MEGABYTES}MB", "--quiet", *self.storage])[1:]

    def sizes(self):
        return size(self.index), size(self.index, leave_out=(".texts",))

    def latency(self, k, threads):
        return json.loads(timed([self.options.benchmarks, "latency", self.index, self.queries, "-k", k, "--batch", 100,
                                 "--threads", threads, "--runs", self.options.runs])[0])

    def time(self, k):
        d = self.latency(k, 1)
        return {"mean": d["meanMilliseconds"], "p50": d["p50Milliseconds"], "p99": d["p99Milliseconds"],
                "cpu": d["cpuMillisecondsPerQuery"], "open": d["openMilliseconds"]}

    def batch(self, threads):
        d = self.latency(10, threads)
        return {"batch": d["batchQueriesPerSecond"], "batch_cpu": d["batchQueriesPerCPUSecond"]}

    def rankings(self):
        timed([self.options.decoy, "search", self.index, "--queries", self.queries, "-k", 100, "-o", self.run, "--quiet"])
        rankings = {}
        for line in self.run.read_text(encoding="utf-8").splitlines():
            query, _, document = line.split()[:3]
            rankings.setdefault(query, []).append(document)
        return rankings


class Peer:
    """A program with the actions of measure.py. It builds on one thread only."""

    # Files from which PISA makes the index that is searched.
    BUILD_FILES = ("inv.docs", "inv.freqs", "inv.sizes", "fwd", "fwd.documents", "fwd.terms", "fwd.urls")

    def __init__(self, name, command, options, corpus, queries, folder):
        self.command, self.options, self.corpus, self.queries = command, options, corpus, queries
        self.index = folder / name

    def call(self, *arguments, threads=1):
        variables = {name: str(threads) for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS")}
        return timed([*self.command, *arguments], env=dict(os.environ, **variables))

    def version(self):
        return self.call("version")[0].strip()

    def build(self, threads):
        if threads != 1:
            return None
        shutil.rmtree(self.index, ignore_errors=True)
        self.index.mkdir(parents=True)
        return self.call("build", self.corpus, self.index)[1:]

    def sizes(self):
        return size(self.index), size(self.index, leave_out=self.BUILD_FILES)

    def time(self, k):
        return json.loads(self.call("time", self.index, self.queries, k, self.options.runs)[0])

    def batch(self, threads):
        return json.loads(self.call("batch", self.index, self.queries, 100, self.options.runs, threads, threads=threads)[0])

    def rankings(self):
        return json.loads(self.call("rank", self.index, self.queries, 100)[0])


def python_peer(name, python, *more):
    return Peer(name, [python, HERE / "measure.py", name], *more)


def lucene(name, python, options, corpus, queries, folder):
    """Lucene from the jar in pyserini's wheel; our program is compiled against it first, which is in no figure."""
    jars = list(Path(python).parent.parent.glob("lib/python*/site-packages/pyserini/resources/jars/*.jar"))
    if not jars:
        raise RuntimeError("there is no pyserini with its jar in the virtual environment")
    if not (shutil.which("java") and shutil.which("javac")):
        raise RuntimeError("Lucene needs java and javac, version 17 or later")
    classes = folder / "classes"
    timed(["javac", "-cp", jars[0], "-d", classes, HERE / "LuceneEngine.java"])
    command = ["java", "-Xmx4g", "-XX:+UseSerialGC", "-cp", f"{jars[0]}{os.pathsep}{classes}", "LuceneEngine"]
    return Peer(name, command, options, corpus, queries, folder)


def engine(name, python, *more):
    if name.startswith("decoy"):
        return Decoy(name, *more)
    return lucene(name, python, *more) if name == "lucene" else python_peer(name, python, *more)
